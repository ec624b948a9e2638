namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>A secret that has been received is written, or kept where it can be had, and the user is told.</summary>
public class SecretDeliveryTests : EngineTest
{
    // More than the sockets of both sides hold together: once that much is written, the client is reading the answer.
    private const int MoreThanSocketsHold = 16 * 1024 * 1024;

    [Fact]
    public async Task Stopped_when_the_answer_has_begun_it_is_read_to_its_end_and_kept()
    {
        var begun = new TaskCompletionSource();
        var rest = new TaskCompletionSource();
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.SlowBytes,
            ChunkSize = 1024 * 1024,
            LeadingBlanks = MoreThanSocketsHold,
            BeforeLastChunk = () =>
            {
                begun.SetResult();
                return rest.Task;
            },
        });
        Clock.HoldTimeouts = true;
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'; 'and on'");
        await Eventually.DoneAsync(begun.Task);

        Task stop = Task.Run(running.Stop, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Clock.Timeouts.Count == 2);
        Assert.False(stop.IsCompleted);
        rest.SetResult();
        await Eventually.DoneAsync(stop);

        Assert.Empty(running.Output);
        Assert.Equal(5, Clock.Timeouts[1]);
        AssertKept("WARNING: New-DcApiToken ended early: the API token 'ci' was created, but may not have been delivered.");
    }

    [Fact]
    public async Task An_answer_that_has_begun_and_does_not_end_holds_nobody_up_for_ever()
    {
        var begun = new TaskCompletionSource();
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.SlowBytes,
            ChunkSize = 1024 * 1024,
            LeadingBlanks = MoreThanSocketsHold,
            BeforeLastChunk = () =>
            {
                begun.SetResult();
                return Task.Delay(Timeout.Infinite);
            },
        });
        Clock.HoldTimeouts = true;
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'");
        await Eventually.DoneAsync(begun.Task);

        Task stop = Task.Run(running.Stop, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Clock.Timeouts.Count == 2);
        Clock.StrikeTimeouts();
        await Eventually.DoneAsync(stop);

        AssertWarnedOfLoss();
        Assert.Equal(0, Clock.TimeoutsLeft);
    }

    [Theory]
    [InlineData("New-DcApiToken 'ci' -Verbose 4>&1 | ForEach-Object { if ($_ -like '*-> 201*') { " + Gate.Stand + " } }")]
    [InlineData("New-DcApiToken 'ci' | ForEach-Object { " + Gate.Stand + " }")]
    [InlineData("New-DcApiToken 'ci' -AsPlainText | ForEach-Object { " + Gate.Stand + " }")]
    public async Task Stopped_when_the_answer_has_arrived_it_is_kept(string script)
    {
        using var gate = new Gate();
        Shell.Set("gate", gate);
        using RunningScript running = Shell.Begin(script);
        await Eventually.DoneAsync(gate.Entered);

        running.Stop();

        Assert.True(running.IsStopped);
        AssertKept("WARNING: New-DcApiToken ended early: the API token 'ci' was created, but may not have been delivered.");
    }

    [Theory]
    [InlineData("New-DcApiToken 'ci' | ForEach-Object { throw 'The vault is closed.' }")]
    [InlineData("New-DcApiToken 'ci' -AsPlainText | ForEach-Object { throw 'The vault is closed.' }")]
    [InlineData("$ErrorActionPreference = 'Stop'; New-DcApiToken 'ci' | ForEach-Object { Get-Item /no/such/file }")]
    [InlineData("New-DcApiToken 'ci' | Where-Object { $_.NoSuchMethod() }")]
    public void A_failure_downstream_loses_no_secret(string script)
    {
        ShellResult result = Run(script);

        Assert.NotNull(result.Error);
        if (result.Terminating is null)
        {
            // Where-Object reports the failure itself and goes on: the token has been handed over.
            Assert.Null(Session.RecoverToken());
            return;
        }

        AssertKept("the API token 'ci' was created");
    }

    [Theory]
    [InlineData("New-DcApiToken 'ci' | Select-Object -First 1")]
    [InlineData("'ci', 'more' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-DcApiToken | Select-Object -First 1")]
    public void Who_has_taken_the_token_and_wants_no_more_has_it_once(string script)
    {
        Assert.Single(Run(script).EnsureNoErrors().As<CreatedApiToken>());

        Assert.Null(Session.RecoverToken());
        Assert.DoesNotContain("WARNING", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Equal(1, Emulator.Tokens.Count);
    }

    private void AssertKept(string warning)
    {
        Assert.Contains(warning, Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Contains("Get-DcSession -RecoverToken", Shell.Host.Shown, StringComparison.Ordinal);
        CreatedApiToken kept = Assert.Single(Run("$session.RecoverToken()").EnsureNoErrors().As<CreatedApiToken>());
        Assert.Null(Session.RecoverToken());
        Assert.Equal(1, Emulator.Tokens.Count);

        AssertWorks(kept);
    }

    private void AssertWarnedOfLoss()
    {
        Assert.Contains("WARNING: New-DcApiToken was stopped before the service had responded. The API token 'ci' may exist", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Contains("Look for it with Get-DcApiToken", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Null(Session.RecoverToken());
    }
}
