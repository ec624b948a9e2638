using System.Text;
using System.Text.Json;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

public class TokenPageReaderTests
{
    [Fact]
    public void A_page_is_read_whatever_the_order_of_its_members()
    {
        TokenPage page = Read("""{"total":7,"unknown":{"a":[1,{}]},"has_more":true,"data":[{"api_token_id":"a"},{"api_token_id":"b"}]}""");

        Assert.Equal(["a", "b"], page.Tokens.Select(t => t.ApiTokenId));
        Assert.True(page.HasMore);
        Assert.Equal(7, page.Total);
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[],"has_more":null,"total":null}""")]
    public void What_the_service_does_not_say_is_null(string json)
    {
        TokenPage page = Read(json);

        Assert.Empty(page.Tokens);
        Assert.Null(page.HasMore);
        Assert.Null(page.Total);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"has_more":false,"total":0}""")]
    [InlineData("""{"data":[null]}""")]
    [InlineData("""{"data":["a"]}""")]
    [InlineData("""{"data":[{}]}""")]
    [InlineData("""{"data":[],"total":99999999999999999999}""")]
    [InlineData("""{"data":[{"api_token_id":"a"}""")]
    [InlineData("""{"data":[]}{"data":[]}""")]
    [InlineData("""{"data":[]} trailing""")]
    [InlineData("<html></html>")]
    public void Text_that_is_no_page_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash() => Assert.ThrowsAny<JsonException>(
        () => Read("{\"data\":[{\"api_token_id\":\"a\",\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}]}"));

    private static TokenPage Read(string json) => TokenPageReader.Read(Encoding.UTF8.GetBytes(json));
}
