using DeepsetCloud.Text;

namespace DeepsetCloud.Tests.Units.Text;

public class KeyRedactorTests
{
    [Theory]
    [InlineData("""{"api_token":"api_0123456789-_aBcDeF"}""", """{"api_token":"[API key]"}""")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is bad", "Bearer [API key] is bad")]
    [InlineData("key=api_0123456789abcdefghij, again api_0123456789abcdefghij", "key=[API key], again [API key]")]
    [InlineData("xapi_0123456789abcdefghij", "x[API key]")]
    [InlineData("a.api_0123456789abcdefghij", "a.[API key]")]
    [InlineData("field api_token_id is missing", "field api_token_id is missing")]
    [InlineData("api_token_expiration_policy", "api_token_expiration_policy")]
    [InlineData("9da1ffe7-8f09-47b0-874f-15471b5e6e13", "9da1ffe7-8f09-47b0-874f-15471b5e6e13")]
    [InlineData("größe (api_0123456789abcdefghij) 😀", "größe ([API key]) 😀")]
    [InlineData("", "")]
    public void What_looks_like_a_key_is_hidden_and_nothing_else(string text, string shown) => Assert.Equal(shown, KeyRedactor.Redact(text));

    [Fact]
    public void Hostile_text_costs_no_more_than_other_text()
    {
        string text = string.Concat(Enumerable.Repeat("eyJ-api_", 100_000));

        Assert.Equal(text, KeyRedactor.Redact(text));
        Assert.Equal("[API key]", KeyRedactor.Redact(text + "1"));
    }
}
