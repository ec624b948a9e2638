namespace DeepsetCloud.Tests.Engine.Faults;

/// <summary>How failed requests are tried again, seen from the prompt. What is tried again, and when, is in RetryPolicyTests.</summary>
public class RetryTests : EngineTest
{
    private const string GetPage = "Get-DcApiToken -PageNumber 1";
    private const string Remove = "Remove-DcApiToken 7aff1a3a-2fa9-4467-b392-51aa52c3f5ad";

    [Fact]
    public void Waits_grow_and_only_verbose_lines_tell_of_what_went_well_in_the_end()
    {
        Refuse(502, times: 4);
        ShellResult silent = Run(GetPage).EnsureNoErrors();
        Refuse(502, times: 4);
        ShellResult verbose = Run(GetPage + " -Verbose").EnsureNoErrors();

        Assert.Equal([0.375, 0.75, 1.5, 3, 0.375, 0.75, 1.5, 3], Clock.Waits);
        Assert.Empty(silent.Verbose.Concat(silent.Warnings));
        const string why = "GET /api/v1/token?page_number=1: the response was 502. Trying again in ";
        Assert.Equal(
            [why + "0.4 s (retry 1 of 4).", why + "0.8 s (retry 2 of 4).", why + "1.5 s (retry 3 of 4).", why + "3.0 s (retry 4 of 4)."],
            verbose.Verbose.Where(line => line.Contains("Trying again", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("connection refused", "the connection failed (Connection refused")]
    [InlineData("reset after read", "the connection failed (")]
    [InlineData("hang before processing", "no complete response within 100 s")]
    [InlineData("503", "the response was 503")]
    public async Task The_verbose_line_says_why(string breakPoint, string why)
    {
        using var point = new BreakPoint(breakPoint);
        await StartAsync(point, "GET", times: 1, retries: 1);

        ShellResult result = await RunAsync(point, GetPage + " -Verbose");

        string line = Assert.Single(result.Verbose, line => line.Contains("Trying again", StringComparison.Ordinal));
        Assert.Contains(OperatingSystem.IsWindows() ? why.Split('(')[0] : why, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public void MaximumRetryCount_bounds_the_attempts(int retries, int attempts)
    {
        Connect(options => options with { MaximumRetryCount = retries });
        Refuse(503, times: Fault.Always);

        ShellResult result = Run(GetPage);

        Assert.Equal("ServiceUnavailable", result.ErrorId);
        Assert.Equal(attempts, Emulator.Requests.Count);
        Assert.Equal(attempts > 1, result.Error.ToString().Contains($"after {attempts} attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_time_out_of_the_session_bounds_each_attempt()
    {
        Connect(options => options with { Timeout = TimeSpan.FromSeconds(7), MaximumRetryCount = 0 });
        Clock.HoldTimeouts = true;
        Fault hang = Hang();
        using RunningScript running = Shell.Begin(GetPage);
        await Eventually.TrueAsync(() => hang.Applied == 1);

        Clock.StrikeTimeouts();
        ShellResult result = running.End();

        Assert.Equal("RequestTimeout", result.ErrorId);
        Assert.Contains("within 7 s", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal([7], Clock.Timeouts);
        Assert.True(await Emulator.Requests.WaitForIdleAsync(Patience));
    }

    [Fact]
    public void The_time_of_an_attempt_counts_to_the_last_byte_and_starts_anew_with_each()
    {
        Seed(10);
        Fault slow = Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.SlowBytes,
            ChunkSize = 100,
            BeforeLastChunk = () =>
            {
                Clock.StrikeTimeouts();
                return Task.Delay(Timeout.Infinite);
            },
        });
        Clock.HoldTimeouts = true;

        ShellResult result = Run(GetPage).EnsureNoErrors();

        Assert.Equal(10, result.Output.Count);
        Assert.Equal(1, slow.Applied);
        Assert.Equal([100, 100], Clock.Timeouts);
        Assert.Equal(0, Clock.TimeoutsLeft);
    }

    [Theory]
    [InlineData(429, "RateLimited", "New-DcApiToken ci")]
    [InlineData(429, "RateLimited", GetPage)]
    [InlineData(503, "ServiceUnavailable", GetPage)]
    [InlineData(503, "ServiceUnavailable", Remove)]
    public void A_too_long_wait_is_not_begun_and_the_error_says_when_to_come_back(int status, string error, string script)
    {
        Refuse(status, retryAfter: 3600);

        ShellResult result = Run(script);

        Assert.Equal(error, result.ErrorId);
        Assert.Contains("it asks to come back in 3600 s, at 2030-01-02 04:04:05Z", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Clock.Waits);
        Assert.Equal(1, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData(GetPage)]
    [InlineData(Remove)]
    [InlineData("New-DcApiToken ci")]
    public async Task Ctrl_C_ends_a_wait(string script)
    {
        Refuse(429, retryAfter: 100);
        Clock.HoldWaits = true;
        using RunningScript running = Shell.Begin(script);
        await Eventually.TrueAsync(() => Clock.Waiting == 1);

        running.Stop();

        Assert.True(running.IsStopped);
        Assert.Equal(0, Clock.Waiting);
        Assert.Equal(1, Emulator.Requests.Count);
    }
}
