using CsCheck;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Units.Http;

public class ServiceAddressTests
{
    [Theory]
    [InlineData("https://api.cloud.deepset.ai", "https://api.cloud.deepset.ai/")]
    [InlineData("https://api.cloud.deepset.ai/", "https://api.cloud.deepset.ai/")]
    [InlineData("https://api.cloud.deepset.ai/api", "https://api.cloud.deepset.ai/")]
    [InlineData("https://api.cloud.deepset.ai/api/", "https://api.cloud.deepset.ai/")]
    [InlineData("https://api.cloud.deepset.ai/api/v1", "https://api.cloud.deepset.ai/")]
    [InlineData("https://api.cloud.deepset.ai/api/v1/", "https://api.cloud.deepset.ai/")]
    [InlineData("https://api.cloud.deepset.ai/api/v1//", "https://api.cloud.deepset.ai/")]
    [InlineData("HTTPS://API.Cloud.Deepset.AI/API/V1", "https://api.cloud.deepset.ai/")]
    [InlineData("  https://api.us.deepset.ai/api/v1\r\n", "https://api.us.deepset.ai/")]
    [InlineData("https://gateway.example/deepset", "https://gateway.example/deepset/")]
    [InlineData("https://gateway.example/deepset/api/v1", "https://gateway.example/deepset/")]
    [InlineData("https://gateway.example/v1", "https://gateway.example/v1/")]
    [InlineData("https://gateway.example/myapi", "https://gateway.example/myapi/")]
    [InlineData("https://gateway.example:8443/api", "https://gateway.example:8443/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    [InlineData("http://127.0.0.1:1/api/v1", "http://127.0.0.1:1/")]
    [InlineData("http://127.1.2.3/", "http://127.1.2.3/")]
    [InlineData("http://[::1]:9/", "http://[::1]:9/")]
    public void Every_form_that_people_paste_leads_to_the_root(string text, string root) =>
        Assert.Equal(root, SessionFactory.Locate(text, null, allowUnencrypted: false).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("api.cloud.deepset.ai")]
    [InlineData("/api/v1")]
    [InlineData("ftp://api.cloud.deepset.ai")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https:///api")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//\\\u202e ")]
    [InlineData("https://api.cloud.deepset.ai/?x=1")]
    [InlineData("https://api.cloud.deepset.ai/#part")]
    [InlineData("nonsense")]
    [InlineData("   ")]
    [InlineData("https://user@api.cloud.deepset.ai")]
    [InlineData("https://user:word@api.cloud.deepset.ai")]
    [InlineData("http://api.cloud.deepset.ai")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://192.168.0.1")]
    public void Other_addresses_are_refused_by_the_name_of_their_source(string text)
    {
        var refusal = Assert.Throws<DcApiException>(() => SessionFactory.Locate(text, null, allowUnencrypted: false));

        Assert.Equal("InvalidRequest", refusal.ErrorId);
        Assert.Contains("-BaseUri", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://ada:pass-word-1@api.cloud.deepset.ai")]
    [InlineData("ftp://ada:pass-word-1@api.cloud.deepset.ai")]
    [InlineData("ada:pass-word-1@api.cloud.deepset.ai")]
    public void A_password_in_an_address_is_not_repeated(string text)
    {
        var refusal = Assert.Throws<DcApiException>(() => SessionFactory.Locate(text, null, allowUnencrypted: false));

        Assert.DoesNotContain("pass-word-1", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_refused_or_becomes_an_address_that_a_key_may_be_sent_to() => HostileTexts.All.Sample(
        text =>
        {
            try
            {
                Uri address = SessionFactory.Locate(text, null, allowUnencrypted: false);
                Assert.True(address.Scheme == "https" || address.IsLoopback);
            }
            catch (DcApiException refusal)
            {
                Assert.Equal("InvalidRequest", refusal.ErrorId);
            }
        },
        seed: Effort.Seed,
        iter: Effort.Of(2_000));

    [Fact]
    public void Plain_http_to_other_hosts_takes_consent() =>
        Assert.Equal("http://inner.example/", SessionFactory.Locate("http://inner.example/api", null, allowUnencrypted: true).ToString());
}
