using System.Globalization;
using System.Text;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>The service's own words, out of every shape in which it and what stands before it says something.</summary>
public class ErrorBodyTests
{
    public static TheoryData<string, string?> Shapes => new()
    {
        { """{"detail":[{"loc":["query","limit"],"msg":"too large","type":"x"}]}""", "query.limit: too large" },
        { """{"detail":[{"loc":["body","workspaces",0],"msg":"unknown"},{"loc":[],"msg":"and more"}]}""", "body.workspaces.0: unknown; and more" },
        { """{"detail":[{"msg":"a"},{"msg":"b"},{"msg":"c"},{"msg":"d"},{"msg":"e"},{"msg":"f"}]}""", "a; b; c; d; e" },
        { """{"detail":"Not like this."}""", "Not like this." },
        { """{"message":"No","details":"it is late"}""", "No: it is late" },
        { """{"message":"No","details":null}""", "No" },
        { """{"message":"Same","detail":"Same"}""", "Same" },
        { """{"errors":["one","two"]}""", "one; two" },
        { """{"errors":[{"message":"one"},{"detail":"two"}]}""", "one; two" },
        { """{"error":{"code":7,"message":"inner"}}""", "inner" },
        { """{"error":"invalid_token"}""", "invalid_token" },
        { """{"detail":{"reason":{"deep":1}}}""", """{"detail":{"reason":{"deep":1}}}""" },
        { """{"code":17}""", """{"code":17}""" },
        { "\"just text\"", "just text" },
        { "17", "17" },
        { "[]", "[]" },
        { "{}", "{}" },
        { "null", "null" },
        { """{"detail":""}""", """{"detail":""}""" },
        { "plain text\r\nin two lines", "plain text in two lines" },
        { "{\"detail\": cut o", "{\"detail\": cut o" },
        { "", null },
        { " \r\n ", null },
        { "<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>", "(an HTML page: 502 Bad Gateway)" },
        { "<HTML><TITLE class='a'>A &amp; B &#x1b;[1m</TITLE>", "(an HTML page: A & B [1m)" },
        { "<!DOCTYPE html><p>no title", "(an HTML page)" },
        { "<html><title></title>", "(an HTML page)" },
        { "\u001b[31mred\u001b[0m \u0007bell\0 \u202ereversed\u2028line\u009b2J", "[31mred [0m bell reversed line 2J" },
        { """{"detail":"\u001b]0;title\u0007 and \u0000 \ud83d\ude00"}""", "]0;title and 😀" },
        { """{"detail":"\ud800 broken"}""", """{"detail":"\ud800 broken"}""" },
        { """{"\ud800":1,"detail":"fine"}""", """{"\ud800":1,"detail":"fine"}""" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_words_are_found(string body, string? words)
    {
        DcApiException error = await RefuseAsync(new Fault { Kind = FaultKind.Status, Status = 400, Body = body });

        Assert.Equal(words, error.ServerMessage);
        Assert.Contains(error.ErrorId, (string[])["InvalidRequest", "InvalidResponse"]);
        Assert.Contains(words?.TrimEnd('.') ?? "(400).", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
    }

    [Theory]
    [InlineData("aaaaaaaaaa ", 500)]
    [InlineData("a😀", 500)]
    public async Task Long_words_are_cut_between_characters(string part, int longest)
    {
        string long_ = string.Concat(Enumerable.Repeat(part, 100_000));
        DcApiException error = await RefuseAsync(new Fault { Kind = FaultKind.Status, Status = 400, Body = long_ });

        Assert.InRange(error.ServerMessage!.Length, longest - 15, longest + 1);
        Assert.EndsWith("…", error.ServerMessage, StringComparison.Ordinal);
        Assert.Equal(error.ServerMessage, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.ServerMessage)));
    }

    public static TheoryData<string> Strange =>
        ["utf-7", "klingon", "utf-16", "us-ascii", "bytes", "deep", "deep closed", "titles", "titles without end", "bomb", "escapes", "gzip"];

    // What cannot be read says nothing, and the refusal is a refusal all the same.
    [Theory]
    [MemberData(nameof(Strange))]
    public async Task Strange_bodies_do_no_harm(string name)
    {
        DcApiException error = await RefuseAsync(name switch
        {
            "bytes" => Refusal([0xFF, 0xFE, 0xC0, 0x80, 0xF5]),
            "deep" => Refusal(Encoding.UTF8.GetBytes(new string('[', 200_000))),
            "deep closed" => Refusal(Encoding.UTF8.GetBytes(new string('[', 2_000) + new string(']', 2_000))),
            "titles" => Refusal(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<title", 20_000)))),
            "titles without end" => Refusal(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<title>", 20_000)))),
            "bomb" => Refusal(HostileAnswer.Gzip(new string('x', 40 * 1024 * 1024)), encoding: "gzip"),
            "escapes" => Refusal(Encoding.UTF8.GetBytes("{\"detail\":\"" + string.Concat(Enumerable.Repeat("\\ud800", 20_000)) + "\"}")),
            "gzip" => Refusal([1, 2, 3], encoding: "gzip"),
            _ => Refusal([0xC3, 0xA9, 0x41], $"text/plain; charset={name}"),
        });

        Assert.Contains(error.ErrorId, (string[])["InvalidRequest", "InvalidResponse"]);
        Assert.InRange(error.Message.Length, 10, 1_000);
    }

    [Fact]
    public async Task A_key_that_the_service_repeats_is_taken_out()
    {
        DcApiException error = await RefuseAsync(new Fault
        {
            Kind = FaultKind.Status,
            Status = 400,
            Body = $$"""{"detail":"No: Authorization: Bearer {{EmulatorOptions.DefaultUserToken}}"}""",
        });

        Assert.Equal("No: Authorization: Bearer [API key]", error.ServerMessage);
        Assert.DoesNotContain(EmulatorOptions.DefaultUserToken, error.ToString(), StringComparison.Ordinal);
    }

    private static Fault Refusal(byte[] body, string contentType = "application/json", string? encoding = null) =>
        new() { Kind = FaultKind.Status, Status = 400, Content = body, ContentType = contentType, ContentEncoding = encoding };

    private static async Task<DcApiException> RefuseAsync(Fault fault)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(fault);
        using Shell shell = Connection.ShellTo(emulator);
        ShellResult result = shell.Run("Remove-DcApiToken -ApiTokenId some-id");
        Assert.Equal(1, emulator.Requests.Count);
        Assert.Null(result.Terminating);
        return Assert.IsType<DcApiException>(result.Error.Exception);
    }
}
