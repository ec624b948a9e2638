namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>Who stops a creation before its answer is told to look for the token, but only where there can be one.</summary>
public class StoppedCreationTests : EngineTest
{
    [Theory]
    [InlineData("hang before processing")]
    [InlineData("hang after processing")]
    public async Task Stopped_before_any_answer_the_user_is_told_to_look(string breakPoint)
    {
        using var point = new BreakPoint(breakPoint);
        point.Arm(Emulator, "POST", 1);
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'");
        await Eventually.TrueAsync(() => point.Applied == 1);

        running.Stop();

        Assert.Empty(running.Output);
        AssertWarnedOfLoss();
    }

    [Fact]
    public async Task Stopped_between_the_token_and_its_answer_the_user_is_told_to_look()
    {
        var created = new TaskCompletionSource();
        Emulator.AfterRequest = _ =>
        {
            created.SetResult();
            return Task.Delay(Timeout.Infinite);
        };
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'");
        await Eventually.DoneAsync(created.Task);

        running.Stop();

        Assert.Equal(1, Emulator.Tokens.Count);
        AssertWarnedOfLoss();
    }

    [Theory]
    [InlineData("connection refused")]
    [InlineData("429 come back in 3")]
    public async Task Stopped_while_the_service_has_surely_done_nothing_nobody_is_alarmed(string breakPoint)
    {
        using var point = new BreakPoint(breakPoint);
        await StartAsync(address: point.Address);
        point.Arm(Emulator, "POST", Fault.Always);
        Clock.HoldWaits = true;
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'");
        await Eventually.TrueAsync(() => Clock.Waiting == 1);

        running.Stop();

        Assert.True(running.IsStopped);
        Assert.DoesNotContain("WARNING", Shell.Host.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_closed_by_somebody_else_meanwhile_leaves_the_creation_uncertain()
    {
        Fault hang = Emulator.Faults.Add(FaultKind.HangAfterProcessing);
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'");
        await Eventually.TrueAsync(() => hang.Applied == 1);

        Session.Close();

        Assert.Equal("CreationUncertain,DeepsetCloud.Commands.NewDcApiTokenCommand", running.End().Error.FullyQualifiedErrorId);
    }

    private void AssertWarnedOfLoss()
    {
        Assert.Contains("WARNING: New-DcApiToken was stopped before the service had responded. The API token 'ci' may exist", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Contains("Look for it with Get-DcApiToken", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Null(Session.RecoverToken());
    }
}
