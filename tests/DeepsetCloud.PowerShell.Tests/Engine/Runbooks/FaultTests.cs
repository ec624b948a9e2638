using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Runbooks;

public class FaultTests
{
    [Theory]
    [InlineData(40, 500, "ServiceUnavailable")]
    [InlineData(1, 401, "Unauthorized")]
    public async Task One_removal_that_fails_is_one_error_the_others_are_done_and_then_the_runbook_fails(int count, int status, string errorId)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(count, i => new NewToken { Name = $"old-{i}", ExpiresAt = DateTimeOffset.UtcNow.AddDays(-1) });
        string stuck = emulator.Tokens.Snapshot()[count / 2].ApiTokenId;
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = status, Method = "DELETE", PathPrefix = "/api/v1/token/" + stuck });
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove);

        Assert.Equal(stuck, Assert.Single(emulator.Tokens.Snapshot()).ApiTokenId);
        Assert.Equal(count - 1, result.Output.Count);
        ErrorRecord error = Assert.Single(result.Items());
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId);
        Assert.Equal(stuck, error.TargetObject);
        Assert.StartsWith("ExpiredTokensRemain,", result.Failure().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task An_identity_that_cannot_be_verified_is_a_warning()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 403, PathPrefix = "/api/v1/me" });
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove + " -ApiKey $key -BaseUri $baseUri").EnsureNoErrors();

        Assert.Contains("could not be verified", Assert.Single(result.Warnings));
    }
}
