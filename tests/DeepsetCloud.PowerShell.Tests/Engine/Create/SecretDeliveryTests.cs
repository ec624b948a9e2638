namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>A secret that has been received is written, or kept where it can be had, and the user is told.</summary>
public class SecretDeliveryTests
{
    // More than the sockets of both sides hold together: once that much is written, the client is reading the answer.
    private const int MoreThanSocketsHold = 16 * 1024 * 1024;

    [Fact]
    public async Task Stopped_when_the_answer_has_begun_it_is_read_to_its_end_and_kept()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        var begun = new TaskCompletionSource();
        var rest = new TaskCompletionSource();
        connected.Emulator.Faults.Add(new Fault
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
        connected.Clock.HoldTimeouts = true;
        using RunningScript running = connected.Shell.Begin("New-DcApiToken 'ci' -Session $session; 'and on'");
        await Eventually.DoneAsync(begun.Task);

        Task stop = Task.Run(running.Stop, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => connected.Clock.Timeouts.Count == 2);
        Assert.False(stop.IsCompleted);
        rest.SetResult();
        await Eventually.DoneAsync(stop);

        Assert.Empty(running.Output);
        Assert.Equal(5, connected.Clock.Timeouts[1]);
        AssertKept(connected, "WARNING: New-DcApiToken ended early: the API token 'ci' was created, but may not have been delivered.");
    }

    [Fact]
    public async Task An_answer_that_has_begun_and_does_not_end_holds_nobody_up_for_ever()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        var begun = new TaskCompletionSource();
        connected.Emulator.Faults.Add(new Fault
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
        connected.Clock.HoldTimeouts = true;
        using RunningScript running = connected.Shell.Begin("New-DcApiToken 'ci' -Session $session");
        await Eventually.DoneAsync(begun.Task);

        Task stop = Task.Run(running.Stop, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => connected.Clock.Timeouts.Count == 2);
        connected.Clock.StrikeTimeouts();
        await Eventually.DoneAsync(stop);

        AssertWarnedOfLoss(connected);
        Assert.Equal(0, connected.Clock.TimeoutsLeft);
    }

    [Theory]
    [InlineData("New-DcApiToken 'ci' -Session $session -Verbose 4>&1 | ForEach-Object { if ($_ -like '*-> 201*') { " + Gate.Stand + " } }")]
    [InlineData("New-DcApiToken 'ci' -Session $session | ForEach-Object { " + Gate.Stand + " }")]
    [InlineData("New-DcApiToken 'ci' -Session $session -AsPlainText | ForEach-Object { " + Gate.Stand + " }")]
    public async Task Stopped_when_the_answer_has_arrived_it_is_kept(string script)
    {
        using var gate = new Gate();
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Shell.Set("gate", gate);
        using RunningScript running = connected.Shell.Begin(script);
        await Eventually.DoneAsync(gate.Entered);

        running.Stop();

        Assert.True(running.IsStopped);
        AssertKept(connected, "WARNING: New-DcApiToken ended early: the API token 'ci' was created, but may not have been delivered.");
    }

    [Theory]
    [InlineData("New-DcApiToken 'ci' -Session $session | ForEach-Object { throw 'The vault is closed.' }")]
    [InlineData("New-DcApiToken 'ci' -Session $session -AsPlainText | ForEach-Object { throw 'The vault is closed.' }")]
    [InlineData("$ErrorActionPreference = 'Stop'; New-DcApiToken 'ci' -Session $session | ForEach-Object { Get-Item /no/such/file }")]
    [InlineData("New-DcApiToken 'ci' -Session $session | Where-Object { $_.NoSuchMethod() }")]
    public async Task A_failure_downstream_loses_no_secret(string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();

        ShellResult result = connected.Run(script);

        Assert.NotNull(result.Error);
        if (result.Terminating is null)
        {
            // Where-Object reports the failure itself and goes on: the token has been handed over.
            Assert.Null(connected.Session.RecoverToken());
            return;
        }

        AssertKept(connected, "the API token 'ci' was created");
    }

    [Theory]
    [InlineData("New-DcApiToken 'ci' -Session $session | Select-First 1")]
    [InlineData("'ci', 'more' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-DcApiToken -Session $session | Select-First 1")]
    public async Task Who_has_taken_the_token_and_wants_no_more_has_it_once(string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();

        Assert.Single(connected.Run(script).EnsureNoErrors().As<CreatedApiToken>());

        Assert.Null(connected.Session.RecoverToken());
        Assert.DoesNotContain("WARNING", connected.Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Equal(1, connected.Emulator.Tokens.Count);
    }

    private static void AssertKept(ConnectedShell connected, string warning)
    {
        Assert.Contains(warning, connected.Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Contains("Get-DcSession -RecoverToken", connected.Shell.Host.Shown, StringComparison.Ordinal);
        CreatedApiToken kept = Assert.Single(connected.Run("$session.RecoverToken()").EnsureNoErrors().As<CreatedApiToken>());
        Assert.Null(connected.Session.RecoverToken());
        Assert.Equal(1, connected.Emulator.Tokens.Count);

        connected.AssertWorks(kept);
    }

    private static void AssertWarnedOfLoss(ConnectedShell connected)
    {
        Assert.Contains("WARNING: New-DcApiToken was stopped before the service had responded. The API token 'ci' may exist", connected.Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Contains("Look for it with Get-DcApiToken", connected.Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Null(connected.Session.RecoverToken());
    }
}
