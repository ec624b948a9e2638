namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>Where an error ends the command, nothing that follows the first failure is touched.</summary>
public class RemoveStopAtFirstErrorTests : EngineTest
{
    [Theory]
    [InlineData("Remove-DcApiToken $ids -ErrorAction Stop")]
    [InlineData("Remove-DcApiToken $ids -ErrorAction Stop -ThrottleLimit 16")]
    [InlineData("$how = 'stop'; Remove-DcApiToken $ids -ErrorAction $how")]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken $ids")]
    [InlineData("$ErrorActionPreference = 'Stop'; function Remove-All { $ids | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_ } } | Remove-DcApiToken }; Remove-All")]
    [InlineData("function Remove-All { $ErrorActionPreference = 'Stop'; & { Remove-DcApiToken $ids } }; Remove-All")]
    [InlineData("function Remove-All { [CmdletBinding()] param() Remove-DcApiToken $ids }; Remove-All -ErrorAction Stop")]
    [InlineData("$PSDefaultParameterValues = @{ '*-DcApiToken:ErrorAction' = 'Stop' }; Remove-DcApiToken $ids")]
    [InlineData("try { Remove-DcApiToken $ids -ErrorAction Stop } finally { 'cleaned up' }")]
    public void Under_ErrorAction_Stop_nothing_after_the_first_failure_is_removed(string script)
    {
        string[] ids = Seed(12);
        Refuse(409, "DELETE", skip: 3);

        ShellResult result = Run(script);

        Assert.Equal("Conflict,DeepsetCloud.Commands.RemoveDcApiTokenCommand", result.Terminating?.FullyQualifiedErrorId);
        Assert.Equal(ids[3], result.Terminating?.TargetObject);
        Assert.Equal(ids[3..], Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId));
        Assert.Equal(4, Emulator.Requests.Count);
        Assert.Equal(1, Emulator.Requests.MaxInFlightOf("DELETE"));
    }

    [Fact]
    public void Who_is_asked_after_an_error_and_halts_loses_no_more_tokens()
    {
        string[] ids = Seed(12);
        Refuse(409, "DELETE", skip: 3);
        Shell.Host.Answer = "&Halt Command";

        Run("Remove-DcApiToken $ids -ErrorAction Inquire");

        Assert.Single(Shell.Host.Questions);
        Assert.Equal(ids[3..], Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId));
    }

    [Theory]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken $ids -ErrorAction Continue", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Remove-DcApiToken $ids -ErrorAction SilentlyContinue", 0)]
    [InlineData("Remove-DcApiToken $ids -ErrorAction Ignore", 0)]
    public void Where_errors_do_not_end_the_command_the_others_are_removed(string script, int errors)
    {
        Seed(12);
        Refuse(409, "DELETE", skip: 3);

        ShellResult result = Run(script);

        Assert.Null(result.Terminating);
        Assert.Equal(errors, result.Errors.Count);
        Assert.Equal(1, Emulator.Tokens.Count);
    }
}
