using System.Text;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Responses that are right, in a form that is unusual.</summary>
public class EncodingTests : EngineTest
{
    [Theory]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8", false, "application/json; charset=utf-8")]
    [InlineData("utf-8", false, "application/json; charset=\"UTF-8\"")]
    [InlineData("utf-8", false, "application/json; charset=utf8")]
    [InlineData("utf-8", false, "text/plain")]
    [InlineData("utf-8", false, "this is no media type")]
    [InlineData("utf-8", true, "application/json")]
    [InlineData("utf-16", true, "application/json")]
    [InlineData("utf-16BE", true, "application/json")]
    [InlineData("utf-16", false, "application/json; charset=utf-16")]
    [InlineData("utf-16", true, "application/json; charset=utf-16")]
    [InlineData("utf-16BE", false, "application/json; charset=utf-16be")]
    [InlineData("utf-32", false, "application/json; charset=utf-32")]
    [InlineData("iso-8859-1", false, "application/json; charset=ISO-8859-1")]
    public void A_response_is_read_in_any_encoding_that_it_announces(string encoding, bool hasMark, string? contentType)
    {
        string name = encoding == "iso-8859-1" ? "Zoë" : "Zoë – 名前 😀";
        var coding = Encoding.GetEncoding(encoding);
        Fault Raw(string method, string body) => new()
        {
            Kind = FaultKind.RawBody,
            Method = method,
            Content = (byte[])[.. hasMark ? coding.GetPreamble() : [], .. coding.GetBytes(body)],
            ContentType = contentType,
        };
        Emulator.Faults.Add(Raw("GET", $$"""{"data":[{"api_token_id":"a","name":"{{name}}"}],"has_more":false,"total":1}"""));
        Emulator.Faults.Add(Raw("POST", """{"api_token":"api_secret"}"""));

        Assert.Equal(name, Assert.Single(Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>()).Name);
        Assert.Equal("api_secret", Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>()[0]);
    }

    [Theory]
    [InlineData(FaultKind.Gzip)]
    [InlineData(FaultKind.SlowBytes)]
    [InlineData(FaultKind.NoDateHeader)]
    public void Compressed_slow_and_undated_responses_make_no_difference(FaultKind kind)
    {
        Seed(25);
        Emulator.Faults.Add(new Fault { Kind = kind, Times = Fault.Always });

        Assert.Equal(ListedAt(Emulator), Run("Get-DcApiToken -Limit 10").EnsureNoErrors().TokenIds);
        Assert.StartsWith("api_", Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>()[0], StringComparison.Ordinal);
        Run("Get-DcApiToken | Remove-DcApiToken").EnsureNoErrors();
        Assert.Equal(0, Emulator.Tokens.Count);
    }

    [Fact]
    public void A_compression_that_was_not_offered_is_not_guessed_at()
    {
        Seed(5);
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Deflate, Times = Fault.Always });

        Assert.Equal("InvalidResponse", Run("Get-DcApiToken").ErrorId);
        Assert.Equal("CreationUncertain", Run("New-DcApiToken").ErrorId);
        Assert.Equal("gzip", Emulator.Requests.Snapshot()[0].Headers["Accept-Encoding"]);
    }
}
