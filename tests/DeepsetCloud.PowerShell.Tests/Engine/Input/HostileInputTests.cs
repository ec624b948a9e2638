using System.Text.Json;
using CsCheck;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>What users and files give can be refused, or is sent as it is: never as another endpoint, header or parameter.</summary>
public class HostileInputTests
{
    private const string TokenPath = "/api/v1/token";

    [Fact]
    public async Task An_id_to_remove_stays_one_segment()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        int sent = 0;
        HostileTexts.All.Sample(
            id =>
            {
                ShellResult result = Run(emulator, shell, "Remove-DcApiToken -ApiTokenId $text", id);

                string expected = emulator.Requests.Count == 0 ? "InvalidRequest" : "ApiTokenNotFound";
                Assert.StartsWith(expected + ",", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
                if (OnlyRequest(emulator, "DELETE") is { } request)
                {
                    sent++;
                    AssertSegment(request.RawTarget, TokenPath + "/", "", id);
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(1_000),
            threads: 1);
        Assert.True(sent > 50, $"Only {sent} ids were fit to be sent.");
    }

    [Fact]
    public async Task A_workspace_stays_one_segment()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        int sent = 0;
        HostileTexts.All.Sample(
            name =>
            {
                ShellResult result = Run(emulator, shell, "Get-DcApiToken -Workspace $text -PageNumber 3 -Limit 7", name);

                Assert.StartsWith("InvalidRequest,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
                if (OnlyRequest(emulator, "GET") is { } request)
                {
                    sent++;
                    AssertSegment(request.Path, "/api/v1/workspaces/", "/token", name);
                    Assert.Equal("limit=7&page_number=3", request.Query);
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(600),
            threads: 1);
        Assert.True(sent > 30, $"Only {sent} names were fit to be sent.");
    }

    [Fact]
    public async Task A_cursor_stays_one_parameter()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        HostileTexts.All.Sample(
            cursor =>
            {
                ShellResult result = Run(emulator, shell, "Get-DcApiToken -After $text -Before $text", cursor);

                Assert.NotNull(result.Error);
                if (OnlyRequest(emulator, "GET") is { } request)
                {
                    Assert.Equal(TokenPath, request.Path);
                    string[] parameters = request.Query.Split('&');
                    Assert.Equal(2, parameters.Length);
                    AssertEscaped(parameters[0]["after=".Length..], cursor);
                    AssertEscaped(parameters[1]["before=".Length..], cursor);
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(400),
            threads: 1);
    }

    [Fact]
    public async Task A_name_to_create_stays_a_string_of_the_body()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        int blanks = 0;
        HostileTexts.All.Sample(
            name =>
            {
                ShellResult result = Run(emulator, shell, "New-DcApiToken -Name $text -Workspace $text", name);

                if (OnlyRequest(emulator, "POST") is not { } request)
                {
                    Assert.StartsWith("InvalidRequest,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
                    return;
                }

                Assert.Equal(TokenPath, request.RawTarget);
                using var body = JsonDocument.Parse(request.Body);
                Assert.All(body.RootElement.EnumerateObject(), field => Assert.Contains(field.Name, (string[])["name", "workspaces"]));
                if (string.IsNullOrWhiteSpace(name))
                {
                    blanks++;
                    Assert.Equal("{}", request.Body);
                }
                else
                {
                    Assert.Equal(name, body.RootElement.GetProperty("name").GetString());
                    Assert.Equal(name, Assert.Single(body.RootElement.GetProperty("workspaces").EnumerateArray()).GetString());
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(400),
            threads: 1);

        // Blanks mean "not given"; with anything else the workspace does not exist.
        Assert.Equal(blanks, emulator.Tokens.TotalCreated);
    }

    [Fact]
    public async Task A_filter_is_never_sent()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(2);
        using Shell shell = Connection.ShellTo(emulator);
        HostileTexts.All.Sample(
            text =>
            {
                foreach (string command in (string[])["Get-DcApiToken -Name $text", "Get-DcApiToken -ApiTokenId $text"])
                {
                    ShellResult result = Run(emulator, shell, command, text);
                    Assert.True(result.Errors.Count <= 1);
                    Assert.Equal("limit=100&page_number=1", OnlyRequest(emulator, "GET")?.Query ?? "limit=100&page_number=1");
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(200),
            threads: 1);
    }

    private static ShellResult Run(EmulatorServer emulator, Shell shell, string command, string text)
    {
        emulator.Requests.Clear();
        shell.Set("text", text);
        ShellResult result = shell.Run(command);
        Assert.All(
            result.Errors.Append(result.Terminating).OfType<System.Management.Automation.ErrorRecord>(),
            error => Assert.True(error.Exception is DcApiException or System.Management.Automation.ParameterBindingException, error.Exception.ToString()));
        return result;
    }

    private static RecordedRequest? OnlyRequest(EmulatorServer emulator, string method)
    {
        IReadOnlyList<RecordedRequest> all = emulator.Requests.Snapshot();
        Assert.InRange(all.Count, 0, 1);
        foreach (RecordedRequest request in all)
        {
            Assert.Equal(method, request.Method);
            Assert.All(request.Headers.Keys, name => Assert.Contains(name, HostileKeyTests.Headers));
        }

        return all.SingleOrDefault();
    }

    private static void AssertSegment(string path, string before, string after, string text)
    {
        Assert.StartsWith(before, path, StringComparison.Ordinal);
        Assert.EndsWith(after, path, StringComparison.Ordinal);
        Assert.False(text is "." or "..");
        AssertEscaped(path[before.Length..^after.Length], text);
    }

    // Nothing in it means anything, and decoded once it is the text again.
    private static void AssertEscaped(string escaped, string text)
    {
        Assert.Matches("^([A-Za-z0-9._~-]|%[0-9A-F]{2})+$", escaped);
        Assert.Equal(text, Uri.UnescapeDataString(escaped));
    }
}
