namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>Where an error ends the command, nothing that follows the first failure is touched.</summary>
public class RemoveStopAtFirstErrorTests
{
    [Theory]
    [InlineData("Remove-DcApiToken $ids -Session $session -ErrorAction Stop")]
    [InlineData("Remove-DcApiToken $ids -Session $session -ErrorAction Stop -ThrottleLimit 16")]
    [InlineData("$how = 'stop'; Remove-DcApiToken $ids -Session $session -ErrorAction $how")]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken $ids -Session $session")]
    [InlineData("$ErrorActionPreference = 'Stop'; function Remove-All { $ids | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_ } } | Remove-DcApiToken -Session $session }; Remove-All")]
    [InlineData("function Remove-All { $ErrorActionPreference = 'Stop'; & { Remove-DcApiToken $ids -Session $session } }; Remove-All")]
    [InlineData("function Remove-All { [CmdletBinding()] param() Remove-DcApiToken $ids -Session $session }; Remove-All -ErrorAction Stop")]
    [InlineData("$PSDefaultParameterValues = @{ '*-DcApiToken:ErrorAction' = 'Stop' }; Remove-DcApiToken $ids -Session $session")]
    [InlineData("try { Remove-DcApiToken $ids -Session $session -ErrorAction Stop } finally { 'cleaned up' }")]
    public async Task Nothing_after_the_first_failure_is_removed(string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Method = "DELETE", Skip = 3 });

        ShellResult result = connected.Run(script);

        Assert.Equal("Conflict,DeepsetCloud.Commands.RemoveDcApiTokenCommand", result.Terminating?.FullyQualifiedErrorId);
        Assert.Equal(ids[3], result.Terminating?.TargetObject);
        Assert.Equal(ids[3..], connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId));
        Assert.Equal(4, connected.Emulator.Requests.Count);
        Assert.Equal(1, connected.Emulator.Requests.MaxInFlightOf("DELETE"));
    }

    [Fact]
    public async Task A_user_who_is_asked_and_halts_has_lost_nothing_more()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Method = "DELETE", Skip = 3 });
        connected.Shell.Host.Answer = "&Halt Command";

        connected.Run("Remove-DcApiToken $ids -Session $session -ErrorAction Inquire");

        Assert.Single(connected.Shell.Host.Questions);
        Assert.Equal(ids[3..], connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId));
    }

    [Theory]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken $ids -Session $session -ErrorAction Continue", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken $ids -Session $session -ErrorAction SilentlyContinue", 0)]
    [InlineData("Remove-DcApiToken $ids -Session $session -ErrorAction Ignore", 0)]
    public async Task Who_wants_to_go_on_goes_on(string script, int errors)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Method = "DELETE", Skip = 3 });

        ShellResult result = connected.Run(script);

        Assert.Null(result.Terminating);
        Assert.Equal(errors, result.Errors.Count);
        Assert.Equal(1, connected.Emulator.Tokens.Count);
    }

    private static string[] Seed(ConnectedShell connected)
    {
        connected.Emulator.Tokens.Seed(12);
        string[] ids = [.. connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        connected.Shell.Set("ids", ids);
        return ids;
    }
}
