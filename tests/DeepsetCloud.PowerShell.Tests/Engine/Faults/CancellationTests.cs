namespace DeepsetCloud.Tests.Engine.Faults;

/// <summary>However a command ends before its time, nothing of it goes on.</summary>
public class CancellationTests : EngineTest
{
    [Theory]
    [InlineData("Remove-DcApiToken $ids -PassThru -Verbose", 5)]
    [InlineData("Remove-DcApiToken $ids -PassThru -Verbose -ThrottleLimit 16", 16)]
    [InlineData("Remove-DcApiToken $ids -PassThru -Verbose -ErrorAction Stop", 1)]
    [InlineData("Get-DcApiToken -Verbose", 1)]
    [InlineData("Get-DcApiToken -PageNumber 1 -Verbose", 1)]
    [InlineData("New-DcApiToken -Verbose", 1)]
    public async Task Ctrl_C_ends_every_request_in_flight_and_nothing_is_written_any_more(string script, int inFlight)
    {
        Seed(300);
        Hang();
        using RunningScript running = Shell.Begin(script + "; 'went on'");
        await Eventually.TrueAsync(() => Emulator.Requests.InFlight == inFlight);

        running.Stop();
        ShellResult result = running.End();

        Assert.True(running.IsStopped);
        Assert.Empty(running.Output);
        Assert.Empty(result.Errors);
        Assert.DoesNotContain(result.Verbose, line => line.Contains("/api/v1/", StringComparison.Ordinal));
        await AssertNothingGoesOnAsync();
        Assert.Equal(inFlight, Emulator.Requests.Count);
        Assert.All(Emulator.Requests.Snapshot(), request => Assert.True(request.IsAborted));
        Assert.True(await Emulator.Connections.WaitForNoneAsync(Patience));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_reading_of_further_pages()
    {
        Seed(2_000);
        Fault hang = Hang(skip: 1);
        using RunningScript running = Shell.Begin("Get-DcApiToken");
        await Eventually.TrueAsync(() => hang.Applied >= 1);

        running.Stop();

        Assert.True(running.IsStopped);
        Assert.Empty(running.Output);
        await AssertNothingGoesOnAsync();
    }

    [Fact]
    public async Task Ctrl_C_ends_a_connection_that_is_being_made()
    {
        Fault hang = Hang();
        using RunningScript running = Shell.Begin("Disconnect-DcSession; Connect-DcSession $key -BaseUri $baseUri -PassThru");
        await Eventually.TrueAsync(() => hang.Applied == 1);

        running.Stop();

        Assert.Empty(running.Output);
        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
        Assert.True(await Emulator.Connections.WaitForNoneAsync(Patience));
    }

    [Theory]
    [InlineData("Remove-DcApiToken $ids -PassThru | Select-Object -First 2")]
    [InlineData("Remove-DcApiToken $ids -PassThru | Where-Object ApiTokenId | Select-Object -First 2")]
    [InlineData("$seen = 0; foreach ($i in 1) { Remove-DcApiToken $ids -PassThru | ForEach-Object { $_; if (++$seen -eq 2) { break } } }")]
    public async Task A_downstream_command_that_wants_no_more_ends_the_requests_in_flight(string script)
    {
        Seed(50);
        Fault hang = Hang("DELETE", skip: 2);

        ShellResult result = Run(script + "; 'went on'").EnsureNoErrors();

        Assert.Equal(3, result.Output.Count);
        Assert.Equal("went on", result.Output[2].BaseObject);
        await AssertNothingGoesOnAsync();
        Assert.InRange(Emulator.Requests.Count, 2, 2 + 5);
        Assert.InRange(hang.Applied, 0, 5);
        Assert.Equal(48, Emulator.Tokens.Count);
        Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Fact]
    public async Task A_failure_downstream_ends_the_requests_in_flight()
    {
        Seed(50);
        Hang("DELETE", skip: 2);

        ShellResult result = Run("Remove-DcApiToken $ids -PassThru | ForEach-Object { throw 'The log is full.' }");

        Assert.Equal("The log is full.", result.Terminating?.ToString());
        await AssertNothingGoesOnAsync();
        Assert.InRange(Emulator.Requests.Count, 1, 2 + 5);
    }

    [Fact]
    public async Task A_refused_key_waits_for_the_requests_in_flight_no_longer_than_one_attempt_may_take()
    {
        await StartAsync(retries: 0);
        Seed(50);
        Hang("DELETE", times: 4);
        Refuse(401, "DELETE");
        Clock.HoldTimeouts = true;
        using RunningScript running = Shell.Begin("Remove-DcApiToken $ids");
        Task<ShellResult> end = Task.Run(running.End, TestContext.Current.CancellationToken);

        // Five attempts, and the bound on what is left once the key has been refused.
        await Eventually.TrueAsync(() => Clock.Timeouts.Count == 6);
        Clock.StrikeTimeouts();

        ShellResult result = await Eventually.DoneAsync(end);
        Assert.Equal("Unauthorized", result.ErrorId);
        string[] told = result.Error.ToString().TrimEnd('.').Split("No API token was removed for sure. Whether these are gone is not known: ");
        Assert.Equal(Emulator.Requests.Snapshot().Take(4).Select(request => request.Path.Split('/')[^1]).Order(), told[1].Split(", ").Order());
        await AssertNothingGoesOnAsync();
        Assert.Equal(5, Emulator.Requests.Count);
        Assert.Equal(50, Emulator.Tokens.Count);
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
        Seed(40);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Emulator.BeforeRequest = request =>
        {
            if (request.Sequence == atRequest)
            {
                reached.SetResult();
            }

            return Task.CompletedTask;
        };
        using RunningScript running = Shell.Begin("Remove-DcApiToken $ids -PassThru -ThrottleLimit 8");
        await Eventually.DoneAsync(reached.Task);

        running.Stop();

        Assert.Empty(running.End().Errors);
        await AssertNothingGoesOnAsync();
        var left = Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToHashSet();
        Assert.All(running.Output, written => Assert.DoesNotContain(((ApiToken)written.BaseObject).ApiTokenId, left));
        Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Fact]
    public async Task A_closed_session_ends_its_requests_and_connections()
    {
        Seed(10);
        Hang("DELETE");
        using RunningScript running = Shell.Begin("Remove-DcApiToken $ids");
        await Eventually.TrueAsync(() => Emulator.Requests.InFlight == 5);

        Session.Close();

        Assert.Equal("SessionRequired", running.End().ErrorId);
        await AssertNothingGoesOnAsync();
        Assert.True(await Emulator.Connections.WaitForNoneAsync(Patience));
    }

    private async Task AssertNothingGoesOnAsync()
    {
        // Ours has ended with the command itself; the server sees its end a moment later.
        Assert.Equal(0, Clock.TimeoutsLeft);
        Assert.Equal(0, Clock.Waiting);
        Assert.True(await Emulator.Requests.WaitForIdleAsync(Patience));
    }
}
