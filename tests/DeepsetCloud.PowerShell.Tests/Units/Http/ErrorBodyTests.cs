using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeepsetCloud.Client.Http;

using DeepsetCloud.Text;

namespace DeepsetCloud.Tests.Units.Http;

public class ErrorBodyTests
{
    [Theory]
    [InlineData("""{"detail":[{"loc":["query","limit"],"msg":"too large","type":"x"}]}""", "query.limit: too large")]
    [InlineData("""{"detail":[{"loc":["body","workspaces",0],"msg":"a"},{"loc":[],"msg":"b"},{"msg":"c"}]}""", "body.workspaces.0: a; b; c")]
    [InlineData("""{"detail":"not yours"}""", "not yours")]
    [InlineData("""{"message":"no","details":"not today"}""", "no: not today")]
    [InlineData("""{"message":"no","details":"no"}""", "no")]
    [InlineData("""{"errors":["one","two"]}""", "one; two")]
    [InlineData("""{"errors":[{"message":"one"},{"title":"two"}]}""", "one; two")]
    [InlineData("""{"title":"Not valid","errors":{"expires_at":["must be within 365 days"],"name":["too long","taken"]}}""", "expires_at: must be within 365 days; name: too long; taken: Not valid")]
    [InlineData("""{"error":{"message":"deep"}}""", "deep")]
    [InlineData("""{"detail":null,"message":"left"}""", "left")]
    [InlineData("""{"detail":{"msg":"no place"}}""", "no place")]
    [InlineData("""["a","b"]""", "a; b")]
    [InlineData("\"only text\"", "only text")]
    [InlineData("17", "17")]
    [InlineData("plain text", "plain text")]
    [InlineData("upstream\r\n\r\n  timed\tout ", "upstream timed out")]
    [InlineData("""{"unknown":1}""", """{"unknown":1}""")]
    [InlineData("{ broken", "{ broken")]
    [InlineData("<html><head><title>502 Bad\n Gateway</title></head></html>", "(an HTML page: 502 Bad Gateway)")]
    [InlineData("  <!DOCTYPE html><TITLE lang='en'>A &amp; B</TITLE>", "(an HTML page: A & B)")]
    [InlineData("<html><body>nothing</body></html>", "(an HTML page)")]
    [InlineData("", null)]
    [InlineData(" \n ", null)]
    [InlineData("null", "null")]
    public void The_service_is_heard_in_every_shape(string body, string? words)
    {
        using ApiResponse response = Answer(Encoding.UTF8.GetBytes(body));

        Assert.Equal(words, response.ErrorBody.Words(text => text));
    }

    [Theory]
    [InlineData("""{"detail":"no"}""", true)]
    [InlineData("""{"message":"no","details":"not today"}""", true)]
    [InlineData("""{"errors":["no"]}""", true)]
    [InlineData("""{"title":"no","errors":{"name":["taken"]}}""", true)]
    [InlineData("{}", false)]
    [InlineData("""{"status":404,"error":"Not Found","path":"/api/v1/token"}""", false)]
    [InlineData("""["detail"]""", false)]
    [InlineData("\"detail\"", false)]
    [InlineData("default backend - 404", false)]
    [InlineData("<html><title>Just a moment...</title></html>", false)]
    [InlineData("", false)]
    public void Only_JSON_of_its_shape_is_the_service_itself(string body, bool isOfService)
    {
        using ApiResponse response = Answer(Encoding.UTF8.GetBytes(body));

        Assert.Equal(isOfService, response.IsFromService);
    }

    [Fact]
    public void Long_words_are_shortened()
    {
        using ApiResponse response = Answer(Encoding.UTF8.GetBytes("{\"detail\":\"" + new string('x', 10_000) + "\"}"));

        string words = response.ErrorBody.Words(text => text)!;

        Assert.Equal(501, words.Length);
        Assert.EndsWith("x…", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_findings_are_cut()
    {
        using ApiResponse response = Answer(Encoding.UTF8.GetBytes("""{"detail":["1","2","3","4","5","6","7"]}"""));

        Assert.Equal("1; 2; 3; 4; 5", response.ErrorBody.Words(text => text));
    }

    [Theory]
    [InlineData("a\u001b[31mred\u001b[0m", "a [31mred [0m")]
    [InlineData("safe\u202egnp.exe", "safe gnp.exe")]
    [InlineData("\u200bzero\u200bwidth\u0000", "zero width")]
    [InlineData("line\u2028break\u0085here", "line break here")]
    public void Nothing_foreign_moves_a_cursor_or_reorders_a_line(string text, string clean) =>
        Assert.Equal(clean, TextSanitizer.Clean(text));

    [Fact]
    public void Words_come_in_the_encoding_that_the_answer_names()
    {
        using ApiResponse latin = Answer(Encoding.Latin1.GetBytes("""{"detail":"gelöscht"}"""), "iso-8859-1");
        using ApiResponse wide = Answer([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("""{"detail":"gelöscht"}""")]);
        using ApiResponse marked = Answer([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"detail":"gelöscht"}""")]);
        using ApiResponse unknown = Answer(Encoding.UTF8.GetBytes("""{"detail":"gelöscht"}"""), "klingon");

        Assert.Equal("gelöscht", latin.ErrorBody.Words(text => text));
        Assert.Equal("gelöscht", wide.ErrorBody.Words(text => text));
        Assert.Equal("gelöscht", marked.ErrorBody.Words(text => text));
        Assert.Null(unknown.ErrorBody.Words(text => text));
    }

    private static ApiResponse Answer(byte[] body, string? charset = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = charset };
        using var message = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = content };
        var buffer = new PooledBuffer(1024 * 1024);
        using var stream = new MemoryStream(body);
        Assert.True(buffer.ReadToEndAsync(stream, CancellationToken.None).GetAwaiter().GetResult());
        return new ApiResponse(message, buffer);
    }
}
