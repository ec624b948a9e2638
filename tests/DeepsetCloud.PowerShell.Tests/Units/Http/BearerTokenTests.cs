using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

public class BearerTokenTests
{
    private const string Key = "api_kEy-1.x~/+=";

    [Theory]
    [InlineData(Key)]
    [InlineData("Bearer " + Key)]
    [InlineData("bearer " + Key)]
    [InlineData("BEARER\t" + Key)]
    [InlineData("  Bearer   " + Key + "  ")]
    [InlineData(Key + "\r\n")]
    [InlineData("Bearer " + Key + "\n")]
    public void Every_form_that_people_paste_is_the_key(string text)
    {
        using var token = new BearerToken(text, "-ApiKey");

        Assert.Equal("Bearer " + Key, token.ToHeader().ToString());
    }

    [Theory]
    [InlineData("bearer-like")]
    [InlineData("Bearers")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.c2ln")]
    public void A_key_that_begins_like_the_word_is_left_alone(string key)
    {
        using var token = new BearerToken(key, "-ApiKey");

        Assert.Equal(key, token.ToHeader().Parameter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\r\n")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public void An_empty_key_is_refused(string text)
    {
        var refusal = Assert.Throws<DcApiException>(() => new BearerToken(text, "-ApiKey"));

        Assert.Equal("InvalidRequest", refusal.ErrorId);
        Assert.Contains("-ApiKey", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api_first\r\nX-Evil: 1")]
    [InlineData("api_first\nsecond")]
    [InlineData("api_first second")]
    [InlineData("api_first\tsecond")]
    [InlineData("api_first\r\n\r\nGET / HTTP/1.1")]
    [InlineData("api_first\0")]
    [InlineData("api_first\u007f")]
    [InlineData("api_firsté")]
    [InlineData("Bearer Bearer api_first")]
    public void What_no_header_may_hold_is_refused_without_a_word_of_the_key(string text)
    {
        var refusal = Assert.Throws<DcApiException>(() => new BearerToken(text, "$env:DEEPSET_API_KEY"));

        Assert.Equal("InvalidRequest", refusal.ErrorId);
        Assert.Contains("$env:DEEPSET_API_KEY", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("api_first", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_itself_apart_and_never_shows_itself()
    {
        using var token = new BearerToken(Key, "-ApiKey");
        using var same = new BearerToken("Bearer " + Key, "-ApiKey");
        using var other = new BearerToken(Key.ToUpperInvariant(), "-ApiKey");

        Assert.True(token.Matches(same));
        Assert.False(token.Matches(other));
        Assert.Equal("[API key]", token.ToString());
        Assert.Equal("a [API key] b [API key]", token.Redact($"a {Key} b {Key}"));
    }

    [Fact]
    public void Once_disposed_it_is_gone()
    {
        var token = new BearerToken(Key, "-ApiKey");

        token.Dispose();

        Assert.Throws<ObjectDisposedException>(token.ToHeader);
    }
}
