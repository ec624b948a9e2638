namespace DeepsetCloud.Tests.Faults;

/// <summary>However a command ends before its time, nothing of it goes on.</summary>
public class CancellationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Remove-DcApiToken $ids -Session $session -PassThru -Verbose", 5)]
    [InlineData("Remove-DcApiToken $ids -Session $session -PassThru -Verbose -ThrottleLimit 16", 16)]
    [InlineData("Remove-DcApiToken $ids -Session $session -PassThru -Verbose -ErrorAction Stop", 1)]
    [InlineData("Get-DcApiToken -Session $session -Verbose", 1)]
    [InlineData("Get-DcApiToken -PageNumber 1 -Session $session -Verbose", 1)]
    [InlineData("New-DcApiToken -Session $session -Verbose", 1)]
    public async Task Ctrl_C_ends_every_request_in_flight_and_nothing_is_written_any_more(string script, int inFlight)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 300);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Times = Fault.Always });
        using RunningScript running = connected.Shell.Begin(script + "; 'went on'");
        await Eventually.TrueAsync(() => connected.Emulator.Requests.InFlight == inFlight);

        running.Stop();
        ShellResult result = running.End();

        Assert.True(running.IsStopped);
        Assert.Empty(running.Output);
        Assert.Empty(result.Errors);
        Assert.DoesNotContain(result.Verbose, line => line.Contains("/api/v1/", StringComparison.Ordinal));
        await AssertNothingGoesOnAsync(connected);
        Assert.Equal(inFlight, connected.Emulator.Requests.Count);
        Assert.All(connected.Emulator.Requests.Snapshot(), request => Assert.True(request.IsAborted));
        Assert.True(await connected.Emulator.Connections.WaitForNoneAsync(Patience));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_reading_of_further_pages()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 2_000);
        Fault hang = connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Skip = 1, Times = Fault.Always });
        using RunningScript running = connected.Shell.Begin("Get-DcApiToken -Session $session");
        await Eventually.TrueAsync(() => hang.Applied >= 1);

        running.Stop();

        Assert.True(running.IsStopped);
        Assert.Empty(running.Output);
        await AssertNothingGoesOnAsync(connected);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_connection_that_is_being_made()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        Fault hang = emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Times = Fault.Always });
        using var shell = new Shell();
        shell.Set("uri", emulator.BaseAddress);
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));
        using RunningScript running = shell.Begin("Connect-DcSession $key -BaseUri $uri -PassThru");
        await Eventually.TrueAsync(() => hang.Applied == 1);

        running.Stop();

        Assert.Empty(running.Output);
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
        Assert.True(await emulator.Connections.WaitForNoneAsync(Patience));
    }

    [Theory]
    [InlineData("Remove-DcApiToken $ids -Session $session -PassThru | Select-Object -First 2")]
    [InlineData("Remove-DcApiToken $ids -Session $session -PassThru | Where-Object ApiTokenId | Select-Object -First 2")]
    [InlineData("$seen = 0; foreach ($i in 1) { Remove-DcApiToken $ids -Session $session -PassThru | ForEach-Object { $_; if (++$seen -eq 2) { break } } }")]
    public async Task Who_wants_no_more_downstream_ends_the_requests_in_flight(string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 50);
        Fault hang = HangAfterTwo(connected);

        ShellResult result = connected.Run(script + "; 'went on'").EnsureNoErrors();

        Assert.Equal(3, result.Output.Count);
        Assert.Equal("went on", result.Output[2].BaseObject);
        await AssertNothingGoesOnAsync(connected);
        Assert.InRange(connected.Emulator.Requests.Count, 2, 2 + 5);
        Assert.InRange(hang.Applied, 0, 5);
        Assert.Equal(48, connected.Emulator.Tokens.Count);
        connected.Run("Get-DcApiToken -Session $session").EnsureNoErrors();
    }

    [Fact]
    public async Task A_failure_downstream_ends_the_requests_in_flight()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 50);
        HangAfterTwo(connected);

        ShellResult result = connected.Run("Remove-DcApiToken $ids -Session $session -PassThru | ForEach-Object { throw 'The log is full.' }");

        Assert.Equal("The log is full.", result.Terminating?.ToString());
        await AssertNothingGoesOnAsync(connected);
        Assert.InRange(connected.Emulator.Requests.Count, 1, 2 + 5);
    }

    [Fact]
    public async Task A_refused_key_ends_the_requests_in_flight()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 50);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Method = "DELETE", Times = 4 });
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Method = "DELETE" });

        ShellResult result = connected.Run("Remove-DcApiToken $ids -Session $session");

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.RemoveDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        await AssertNothingGoesOnAsync(connected);
        Assert.Equal(5, connected.Emulator.Requests.Count);
        Assert.Equal(50, connected.Emulator.Tokens.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(25)]
    [InlineData(39)]
    [InlineData(40)]
    public async Task Whenever_Ctrl_C_comes_only_what_was_removed_is_written_and_nothing_is_an_error(int atRequest)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 40);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connected.Emulator.BeforeRequest = request =>
        {
            if (request.Sequence == atRequest)
            {
                reached.SetResult();
            }

            return Task.CompletedTask;
        };
        using RunningScript running = connected.Shell.Begin("Remove-DcApiToken $ids -Session $session -PassThru -ThrottleLimit 8");
        await Eventually.DoneAsync(reached.Task);

        running.Stop();

        Assert.Empty(running.End().Errors);
        await AssertNothingGoesOnAsync(connected);
        var left = connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToHashSet();
        Assert.All(running.Output, written => Assert.DoesNotContain(((ApiToken)written.BaseObject).ApiTokenId, left));
        connected.Run("Get-DcApiToken -Session $session").EnsureNoErrors();
    }

    [Fact]
    public async Task A_session_that_is_closed_ends_its_requests_and_connections()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 10);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Method = "DELETE", Times = Fault.Always });
        using RunningScript running = connected.Shell.Begin("Remove-DcApiToken $ids -Session $session");
        await Eventually.TrueAsync(() => connected.Emulator.Requests.InFlight == 5);

        connected.Session.Close();

        Assert.Equal("SessionRequired,DeepsetCloud.Commands.RemoveDcApiTokenCommand", running.End().Error.FullyQualifiedErrorId);
        await AssertNothingGoesOnAsync(connected);
        Assert.True(await connected.Emulator.Connections.WaitForNoneAsync(Patience));
    }

    private static Fault HangAfterTwo(ConnectedShell connected) => connected.Emulator.Faults.Add(
        new Fault { Kind = FaultKind.HangBeforeProcessing, Method = "DELETE", Skip = 2, Times = Fault.Always });

    private static void Seed(ConnectedShell connected, int count)
    {
        connected.Emulator.Tokens.Seed(count);
        connected.Shell.Set("ids", connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToArray());
    }

    private static async Task AssertNothingGoesOnAsync(ConnectedShell connected)
    {
        // Ours has ended with the command itself; the server sees its end a moment later.
        Assert.Equal(0, connected.Clock.TimeoutsLeft);
        Assert.Equal(0, connected.Clock.Waiting);
        Assert.True(await connected.Emulator.Requests.WaitForIdleAsync(Patience));
    }
}
