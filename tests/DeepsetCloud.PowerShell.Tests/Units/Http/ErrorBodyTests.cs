using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Text;

namespace DeepsetCloud.Tests.Units.Http;

/// <summary>The service's own words, out of every shape in which it and what stands before it says something.</summary>
public class ErrorBodyTests
{
    public static TheoryData<string, string?> Shapes => new()
    {
        { """{"detail":[{"loc":["query","limit"],"msg":"too large","type":"x"}]}""", "query.limit: too large" },
        { """{"detail":[{"loc":["body","workspaces",0],"msg":"a"},{"loc":[],"msg":"b"},{"msg":"c"}]}""", "body.workspaces.0: a; b; c" },
        { """{"detail":[{"msg":"a"},{"msg":"b"},{"msg":"c"},{"msg":"d"},{"msg":"e"},{"msg":"f"}]}""", "a; b; c; d; e" },
        { """{"detail":["1","2","3","4","5","6","7"]}""", "1; 2; 3; 4; 5" },
        { """{"detail":"not yours"}""", "not yours" },
        { """{"detail":{"msg":"no place"}}""", "no place" },
        { """{"detail":{"reason":{"deep":1}}}""", """{"detail":{"reason":{"deep":1}}}""" },
        { """{"detail":""}""", """{"detail":""}""" },
        { """{"detail":null,"message":"left"}""", "left" },
        { """{"message":"no","details":"not today"}""", "no: not today" },
        { """{"message":"no","details":null}""", "no" },
        { """{"message":"no","details":"no"}""", "no" },
        { """{"errors":["one","two"]}""", "one; two" },
        { """{"errors":[{"message":"one"},{"title":"two"}]}""", "one; two" },
        { """{"title":"Not valid","errors":{"expires_at":["must be within 365 days"],"name":["too long","taken"]}}""", "expires_at: must be within 365 days; name: too long; taken: Not valid" },
        { """{"error":{"code":7,"message":"deep"}}""", "deep" },
        { """{"error":"invalid_token"}""", "invalid_token" },
        { """["a","b"]""", "a; b" },
        { "\"only text\"", "only text" },
        { """{"unknown":1}""", """{"unknown":1}""" },
        { "17", "17" },
        { "[]", "[]" },
        { "{}", "{}" },
        { "null", "null" },
        { "", null },
        { " \r\n ", null },
        { "plain text", "plain text" },
        { "upstream\r\n\r\n  timed\tout ", "upstream timed out" },
        { "{\"detail\": cut o", "{\"detail\": cut o" },
        { "<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>", "(an HTML page: 502 Bad Gateway)" },
        { "  <!DOCTYPE html><TITLE lang='en'>A &amp; B &#x1b;[1m</TITLE>", "(an HTML page: A & B [1m)" },
        { "<!DOCTYPE html><p>no title", "(an HTML page)" },
        { "<html><title></title>", "(an HTML page)" },
        { "\u001b[31mred\u001b[0m \u0007bell\0 \u202ereversed\u2028line\u009b2J", "[31mred [0m bell reversed line 2J" },
        { """{"detail":"\u001b]0;title\u0007 and \u0000 \ud83d\ude00"}""", "]0;title and 😀" },
        { """{"detail":"\ud800 broken"}""", """{"detail":"\ud800 broken"}""" },
        { """{"\ud800":1,"detail":"fine"}""", """{"\ud800":1,"detail":"fine"}""" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_words_are_found_in_every_shape_and_are_safe_to_show(string body, string? words)
    {
        string? found = Words(Encoding.UTF8.GetBytes(body));

        Assert.Equal(words, found);
        Assert.DoesNotContain(found ?? "", c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
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
        using ApiResponse response = Responded(Encoding.UTF8.GetBytes(body), charset: null);

        Assert.Equal(isOfService, response.IsFromService);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("aaaaaaaaaa ")]
    [InlineData("a😀")]
    public void Long_words_are_cut_between_characters(string part)
    {
        string words = Words(Encoding.UTF8.GetBytes("{\"detail\":\"" + string.Concat(Enumerable.Repeat(part, 5_000)) + "\"}"))!;

        Assert.InRange(words.Length, 485, 501);
        Assert.EndsWith("…", words, StringComparison.Ordinal);
        Assert.Equal(words, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(words)));
    }

    [Fact]
    public void What_must_not_be_shown_is_taken_out_before_the_words_are_cut() =>
        Assert.DoesNotContain("secret", Words(Encoding.UTF8.GetBytes(new string('x', 496) + " secret"), redact: text => text.Replace("secret", "-", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\u001b[31mred\u001b[0m", "a [31mred [0m")]
    [InlineData("safe\u202egnp.exe", "safe gnp.exe")]
    [InlineData("\u200bzero\u200bwidth\u0000", "zero width")]
    [InlineData("line\u2028break\u0085here", "line break here")]
    public void Nothing_foreign_moves_a_cursor_or_reorders_a_line(string text, string clean) =>
        Assert.Equal(clean, TextSanitizer.Clean(text));

    [Fact]
    public void Words_come_in_the_encoding_that_the_response_names_and_one_that_cannot_be_read_says_nothing()
    {
        const string Body = """{"detail":"gelöscht"}""";

        Assert.Equal("gelöscht", Words(Encoding.Latin1.GetBytes(Body), "iso-8859-1"));
        Assert.Equal("gelöscht", Words([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Body)]));
        Assert.Equal("gelöscht", Words([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Body)]));
        Assert.All((string[])["klingon", "utf-7", "us-ascii"], charset => Assert.Null(Words(Encoding.UTF8.GetBytes(Body), charset)));
    }

    public static TheoryData<string> Strange =>
        ["[", "[]", "<title", "<title>", "\\ud800", "\u00ff"];

    [Theory]
    [MemberData(nameof(Strange))]
    public void A_long_or_deep_body_without_sense_does_no_harm(string piece)
    {
        byte[] body = piece == "[]"
            ? Encoding.UTF8.GetBytes(new string('[', 20_000) + new string(']', 20_000))
            : Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, 100_000)));

        Assert.InRange(Words(body)!.Length, 10, 501);
    }

    private static string? Words(byte[] body, string? charset = null, Func<string, string>? redact = null)
    {
        using ApiResponse response = Responded(body, charset);
        return response.ErrorBody.Words(redact ?? (text => text));
    }

    private static ApiResponse Responded(byte[] body, string? charset)
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
