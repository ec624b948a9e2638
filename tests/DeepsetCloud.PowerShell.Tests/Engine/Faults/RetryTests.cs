namespace DeepsetCloud.Tests.Engine.Faults;

/// <summary>How failed requests are tried again, seen from the prompt.</summary>
public class RetryTests
{
    private const string GetPage = "Get-DcApiToken -PageNumber 1 -Session $session";

    [Fact]
    public async Task Waits_grow_and_each_has_its_verbose_line()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 502, Times = 4 });

        ShellResult result = connected.Run(GetPage + " -Verbose").EnsureNoErrors();

        Assert.Equal([0.375, 0.75, 1.5, 3], connected.Clock.Waits);
        const string why = "GET /api/v1/token?page_number=1: the response was 502. Trying again in ";
        Assert.Equal(
            [why + "0.4 s (retry 1 of 4).", why + "0.8 s (retry 2 of 4).", why + "1.5 s (retry 3 of 4).", why + "3.0 s (retry 4 of 4)."],
            result.Verbose.Where(line => line.Contains("Trying again", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("connection refused", "the connection failed (Connection refused")]
    [InlineData("reset after read", "the connection failed (")]
    [InlineData("hang before processing", "no complete response within 100 s")]
    [InlineData("503", "the response was 503")]
    public async Task The_verbose_line_says_why(string breakPoint, string why)
    {
        using var point = new BreakPoint(breakPoint);
        await using ConnectedShell connected = await ConnectedShell.StartAsync(address: point.Address, retries: 1);
        point.Arm(connected.Emulator, "GET", 1);

        ShellResult result = await point.RunAsync(connected, GetPage + " -Verbose");

        string line = Assert.Single(result.Verbose, line => line.Contains("Trying again", StringComparison.Ordinal));
        Assert.Contains(OperatingSystem.IsWindows() ? why.Split('(')[0] : why, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_verbose_nothing_is_shown_of_what_went_well_in_the_end()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 502, Times = 4 });

        ShellResult result = connected.Run(GetPage).EnsureNoErrors();

        Assert.Empty(result.Verbose);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public async Task MaximumRetryCount_bounds_the_attempts(int retries, int attempts)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 503, RetryAfter = TimeSpan.Zero, Times = Fault.Always });
        using var shell = new Shell(emulator, $"-SkipVerification -MaximumRetryCount {retries}");

        ShellResult result = shell.Run("Get-DcApiToken -PageNumber 1");

        Assert.Equal("ServiceUnavailable,DeepsetCloud.Commands.GetDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(attempts, emulator.Requests.Count);
        Assert.Equal(attempts > 1, result.Error.ToString().Contains($"after {attempts} attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TimeoutSec_bounds_each_attempt()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(FaultKind.HangBeforeProcessing);
        using var shell = new Shell(emulator, "-SkipVerification -MaximumRetryCount 0 -TimeoutSec 1");

        ShellResult result = shell.Run("Get-DcApiToken -PageNumber 1");

        Assert.Equal("RequestTimeout,DeepsetCloud.Commands.GetDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Contains("within 1 s", result.Error.ToString(), StringComparison.Ordinal);
        Assert.True(await emulator.Requests.WaitForIdleAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_time_of_an_attempt_counts_to_the_last_byte_and_starts_anew_with_each()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Tokens.Seed(10);
        Fault slow = connected.Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.SlowBytes,
            ChunkSize = 100,
            BeforeLastChunk = () =>
            {
                connected.Clock.StrikeTimeouts();
                return Task.Delay(Timeout.Infinite);
            },
        });
        connected.Clock.HoldTimeouts = true;

        ShellResult result = connected.Run(GetPage).EnsureNoErrors();

        Assert.Equal(10, result.Output.Count);
        Assert.Equal(1, slow.Applied);
        Assert.Equal([100, 100], connected.Clock.Timeouts);
        Assert.Equal(0, connected.Clock.TimeoutsLeft);
    }

    [Fact]
    public async Task The_service_says_how_long_to_wait_in_seconds()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 429, RetryAfter = TimeSpan.FromSeconds(120) });

        connected.Run(GetPage).EnsureNoErrors();

        Assert.Equal([120], connected.Clock.Waits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task The_service_says_how_long_to_wait_with_a_date_by_its_own_clock(int daysOff)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        DateTimeOffset theirs = connected.Clock.UtcNow.AddDays(daysOff);
        connected.Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status,
            Status = 503,
            RetryAfterDate = theirs.AddSeconds(42),
            Headers = new Dictionary<string, string> { ["Date"] = Rfc1123(theirs) },
        });

        connected.Run(GetPage).EnsureNoErrors();

        Assert.Equal([42], connected.Clock.Waits);
    }

    [Theory]
    [InlineData(429, "RateLimited", "POST", "New-DcApiToken ci -Session $session")]
    [InlineData(429, "RateLimited", "GET", GetPage)]
    [InlineData(503, "ServiceUnavailable", "GET", GetPage)]
    [InlineData(503, "ServiceUnavailable", "DELETE", "Remove-DcApiToken 7aff1a3a-2fa9-4467-b392-51aa52c3f5ad -Session $session")]
    public async Task A_too_long_wait_is_not_begun_and_the_error_says_when_to_come_back(int status, string error, string method, string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = status, Method = method, RetryAfter = TimeSpan.FromHours(1) });

        ShellResult result = connected.Run(script);

        Assert.Equal(error, result.Error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("it asks to come back in 3600 s, at 2030-01-02 04:04:05Z", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(connected.Clock.Waits);
        Assert.Equal(1, connected.Emulator.Requests.Count);
    }

    [Fact]
    public async Task A_date_at_the_end_of_time_is_no_more_than_too_long()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status,
            RetryAfterDate = DateTimeOffset.MaxValue,
            Headers = new Dictionary<string, string> { ["Date"] = Rfc1123(connected.Clock.UtcNow.AddDays(-1)) },
        });

        ShellResult result = connected.Run(GetPage);

        Assert.Equal("ServiceUnavailable,DeepsetCloud.Commands.GetDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Contains("it asks to come back", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", GetPage)]
    [InlineData("DELETE", "Remove-DcApiToken 7aff1a3a-2fa9-4467-b392-51aa52c3f5ad -Session $session")]
    [InlineData("POST", "New-DcApiToken ci -Session $session")]
    public async Task Ctrl_C_ends_a_wait(string method, string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 429, Method = method, RetryAfter = TimeSpan.FromSeconds(100) });
        connected.Clock.HoldWaits = true;
        using RunningScript running = connected.Shell.Begin(script);
        await Eventually.TrueAsync(() => connected.Clock.Waiting == 1);

        running.Stop();

        Assert.True(running.IsStopped);
        Assert.Equal(0, connected.Clock.Waiting);
        Assert.Equal(1, connected.Emulator.Requests.Count);
    }

    private static string Rfc1123(DateTimeOffset time) => time.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
