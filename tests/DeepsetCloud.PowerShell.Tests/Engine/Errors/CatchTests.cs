using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Errors;

/// <summary>What scripts do with errors.</summary>
public class CatchTests
{
    private const string Missing = "7aff1a3a-2fa9-4467-b392-51aa52c3f5ad";

    [Theory]
    [InlineData("Remove-DcApiToken " + Missing + " -Session $session -ErrorAction Stop", 404, "ApiTokenNotFound")]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken " + Missing + " -Session $session", 404, "ApiTokenNotFound")]
    [InlineData("New-DcApiToken ci -Workspace nowhere -Session $session -ErrorAction Stop", 422, "InvalidRequest")]
    [InlineData("Get-DcApiToken -Session $stranger", 401, "Unauthorized")]
    [InlineData("New-DcApiToken ci -Session $stranger", 401, "Unauthorized")]
    [InlineData("Connect-DcSession $wrong -BaseUri $uri", 401, "Unauthorized")]
    public async Task Catch_by_type_gives_status_and_request_id(string script, int status, string id)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Connect("stranger", connected.Emulator.BaseAddress, key: "api_nobody-has-made-this");
        connected.Shell.Set("wrong", Shell.Secure("api_nobody-has-made-this"));
        connected.Shell.Set("uri", connected.Emulator.BaseAddress);

        ShellResult result = connected.Run(
            $"try {{ {script} }} catch [System.Net.WebException] {{ 'wrong' }} catch [DeepsetCloud.DcApiException] "
            + "{ $_.Exception.StatusCode; $_.Exception.RequestId; $_.Exception.ErrorId; $_.Exception.ServerMessage }").EnsureNoErrors();

        Assert.Equal(status, result.Output[0].BaseObject);
        Assert.Equal(connected.Emulator.Requests.Last!.RequestId, result.Output[1].BaseObject);
        Assert.Equal(id, result.Output[2].BaseObject);
        Assert.IsType<string>(result.Output[3].BaseObject);
    }

    [Fact]
    public async Task Without_an_answer_there_is_no_status_and_no_request_id()
    {
        using var closed = new ClosedPort();
        await using ConnectedShell connected = await ConnectedShell.StartAsync(address: closed.Address);

        ShellResult result = connected.Run(
            "try { Get-DcApiToken -Session $session -ErrorAction Stop } catch [DeepsetCloud.DcApiException] "
            + "{ $null -eq $_.Exception.StatusCode; $null -eq $_.Exception.RequestId; $null -eq $_.Exception.ServerMessage }").EnsureNoErrors();

        Assert.Equal([true, true, true], result.As<bool>());
    }

    [Theory]
    [InlineData("x-request-id")]
    [InlineData("request-id")]
    [InlineData("x-correlation-id")]
    [InlineData("x-amzn-requestid")]
    [InlineData("cf-ray")]
    public async Task The_request_id_is_found_under_every_name_in_use(string header)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        var headers = new Dictionary<string, string> { ["x-request-id"] = "" };
        headers[header] = "the-id";
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Headers = headers });

        ShellResult result = connected.Run($"Remove-DcApiToken {Missing} -Session $session");

        Assert.Equal("the-id", Assert.IsType<DcApiException>(result.Error.Exception).RequestId);
    }

    [Fact]
    public async Task What_does_not_end_the_command_is_found_in_ErrorVariable_and_Error()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();

        ShellResult result = connected.Run(
            $"Remove-DcApiToken {Missing}, ../me -Session $session -ErrorAction SilentlyContinue -ErrorVariable failed; "
            + "$failed | ForEach-Object { $_.TargetObject }; $? ; $Error[0].FullyQualifiedErrorId").EnsureNoErrors();

        Assert.Equal(new object[] { Missing, "../me" }.Order(), result.Output.Take(2).Select(o => o.BaseObject).Order());
        Assert.EndsWith("RemoveDcApiTokenCommand", (string)result.Output[3].BaseObject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail":"In use by a pipeline."}""", "In use by a pipeline")]
    [InlineData("""{"detail":[{"loc":["path","id"],"msg":"not yours","type":"x"}]}""", "path.id: not yours")]
    [InlineData("""{"message":"Locked.","details":"By Grace."}""", "Locked.: By Grace")]
    [InlineData("""{"errors":["one","two"]}""", "one; two")]
    [InlineData("Locked, plainly.", "Locked, plainly")]
    [InlineData("<html><title>Bad Gateway</title></html>", "(an HTML page: Bad Gateway)")]
    public async Task The_servers_own_words_reach_the_user(string body, string words)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Body = body });

        ErrorRecord error = connected.Run($"Remove-DcApiToken {Missing} -Session $session").Error;

        Assert.Contains($"(409): {words}.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(words, Assert.IsType<DcApiException>(error.Exception).ServerMessage?.TrimEnd('.'));
    }

    [Fact]
    public async Task A_response_without_words_leaves_whole_sentences()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Body = "" });

        ErrorRecord error = connected.Run($"Remove-DcApiToken {Missing} -Session $session").Error;

        Assert.EndsWith($"(409). Whether the API token '{Missing}' is gone is not known.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_talks_without_end_is_cut_short()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Body = new string('x', 1_000_000) });

        Assert.InRange(connected.Run($"Remove-DcApiToken {Missing} -Session $session").Error.ToString().Length, 500, 900);
    }
}
