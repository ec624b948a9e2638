using System.Text;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Answers that are right, in a form that is unusual.</summary>
public class EncodingTests
{
    private const string Name = "Zoë – 名前 😀";
    private const string WesternName = "Zoë";

    public static TheoryData<string, string, string?> Encodings => new()
    {
        { "utf-8", "", null },
        { "utf-8", "", "application/json; charset=utf-8" },
        { "utf-8", "", "application/json; charset=\"UTF-8\"" },
        { "utf-8", "", "application/json; charset=utf8" },
        { "utf-8", "", "text/plain" },
        { "utf-8", "", "this is no media type" },
        { "utf-8", "mark", "application/json" },
        { "utf-16", "mark", "application/json" },
        { "utf-16BE", "mark", "application/json" },
        { "utf-16", "", "application/json; charset=utf-16" },
        { "utf-16", "mark", "application/json; charset=utf-16" },
        { "utf-16BE", "", "application/json; charset=utf-16be" },
        { "utf-32", "", "application/json; charset=utf-32" },
        { "iso-8859-1", "", "application/json; charset=ISO-8859-1" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_page_is_read_in_any_encoding_that_it_announces(string encoding, string mark, string? contentType)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        string name = encoding == "iso-8859-1" ? WesternName : Name;
        emulator.Faults.Add(Raw("GET", encoding, mark, contentType, $$"""{"data":[{"api_token_id":"a","name":"{{name}}"}],"has_more":false,"total":1}"""));
        using Shell shell = Connection.ShellTo(emulator);

        ApiToken token = Assert.Single(shell.Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>());

        Assert.Equal(name, token.Name);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_secret_is_read_in_any_encoding_that_it_announces(string encoding, string mark, string? contentType)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(Raw("POST", encoding, mark, contentType, """{"api_token":"api_secret"}"""));
        using Shell shell = Connection.ShellTo(emulator);

        Assert.Equal("api_secret", shell.Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>()[0]);
    }

    [Theory]
    [InlineData(FaultKind.Gzip)]
    [InlineData(FaultKind.SlowBytes)]
    [InlineData(FaultKind.NoDateHeader)]
    public async Task The_way_it_comes_makes_no_difference(FaultKind kind)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(25);
        emulator.Faults.Add(new Fault { Kind = kind, Times = Fault.Always });
        using Shell shell = Connection.ShellTo(emulator);

        Assert.Equal(
            emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId),
            shell.Run("Get-DcApiToken -Limit 10").EnsureNoErrors().As<ApiToken>().Select(t => t.ApiTokenId));
        string secret = shell.Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>()[0];
        Assert.StartsWith("api_", secret, StringComparison.Ordinal);
        shell.Run("Get-DcApiToken | Remove-DcApiToken").EnsureNoErrors();
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_guessed_at()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(5);
        emulator.Faults.Add(new Fault { Kind = FaultKind.Deflate, Times = Fault.Always });
        using Shell shell = Connection.ShellTo(emulator);

        Assert.StartsWith("InvalidResponse,", shell.Run("Get-DcApiToken").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("CreationUncertain,", shell.Run("New-DcApiToken").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("gzip", emulator.Requests.Snapshot()[0].Headers["Accept-Encoding"]);
    }

    private static Fault Raw(string method, string encoding, string mark, string? contentType, string body)
    {
        var coding = Encoding.GetEncoding(encoding);
        return new Fault
        {
            Kind = FaultKind.RawBody,
            Method = method,
            Content = (byte[])[.. mark.Length > 0 ? coding.GetPreamble() : [], .. coding.GetBytes(body)],
            ContentType = contentType,
        };
    }
}
