using System.Globalization;
using DeepsetCloud.Client;

namespace DeepsetCloud.Tests.Engine.Faults;

/// <summary>
/// A service that allows so many requests a second, and nothing fails. In real time, since the limiter and twelve readers cannot share a
/// clock that jumps; how long it takes is simulated in PaceTests.
/// </summary>
public class RateLimitTests : EngineTest
{
    private readonly Lock _gate = new();
    private double _tokens = double.MaxValue;
    private DateTimeOffset _filledAt;

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData(null)]
    public void A_listing_is_complete(string? retryAfter)
    {
        Seed(600);
        Limit(30, retryAfter);

        ShellResult result = Run("Get-DcApiToken -Limit 10 | ForEach-Object ApiTokenId").EnsureNoErrors();

        Assert.Equal(ListedAt(Emulator), result.Output.Select(id => id.ToString()));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-ThrottleLimit 32")]
    public void A_removal_removes_all(string arguments)
    {
        Seed(40);
        Limit(20, "1");

        Run($"Remove-DcApiToken $ids {arguments}").EnsureNoErrors();

        Assert.Equal(0, Emulator.Tokens.Count);
    }

    [Fact]
    public void Creations_make_each_token_once()
    {
        Limit(5, "1");

        ShellResult result = Run("1..12 | ForEach-Object { [pscustomobject]@{ Name = \"t$_\" } } | New-DcApiToken").EnsureNoErrors();

        Assert.Equal(12, result.Output.Count);
        Assert.Equal(12, Emulator.Tokens.Count);
    }

    [Fact]
    public async Task Waiting_ends_when_nothing_gets_through_for_two_minutes()
    {
        await StartAsync(retries: 100);
        Refuse(429, times: Fault.Always);
        DateTimeOffset start = Clock.UtcNow;

        ShellResult result = Run("Get-DcApiToken");

        Assert.Equal("RateLimited", result.ErrorId);
        Assert.Contains("nothing got through for 2 minutes", result.Error.ToString(), StringComparison.Ordinal);
        Assert.InRange((Clock.UtcNow - start).TotalSeconds, 120, 180);
    }

    [Fact]
    public async Task Without_retries_a_refusal_is_an_error_at_once()
    {
        await StartAsync(retries: 0);
        Refuse(429, retryAfter: 1);

        Assert.Equal("RateLimited", Run("Get-DcApiToken").ErrorId);
        Assert.Equal(1, Emulator.Requests.Count);
        Assert.Empty(Clock.Waits);
    }

    [Theory]
    [InlineData("RateLimit-Reset", 7)]
    [InlineData("X-RateLimit-Reset", 7)]
    public void The_end_of_a_limit_is_waited_for_where_there_is_no_Retry_After(string header, int seconds)
    {
        foreach (long value in (long[])[seconds, Clock.UtcNow.ToUnixTimeSeconds() + seconds])
        {
            Emulator.Faults.Add(new Fault
            {
                Kind = FaultKind.Status,
                Status = 429,
                Headers = new Dictionary<string, string>
                {
                    [header] = value.ToString(CultureInfo.InvariantCulture),
                    ["Date"] = Clock.UtcNow.ToString("R", CultureInfo.InvariantCulture),
                },
            });
            DateTimeOffset start = Clock.UtcNow;

            Run("Get-DcApiToken -PageNumber 1").EnsureNoErrors();

            Assert.InRange((Clock.UtcNow - start).TotalSeconds, seconds, seconds + 1);
            Clock.UtcNow = start;
        }
    }

    private void Limit(double rate, string? retryAfter)
    {
        Connect(options => options with { Clock = new SystemClock() });
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status,
            Status = 429,
            Times = Fault.Always,
            When = _ => !Take(rate),
            Headers = retryAfter is null ? [] : new Dictionary<string, string> { ["Retry-After"] = retryAfter },
        });
    }

    // A bucket that holds what flows into it in a second.
    private bool Take(double rate)
    {
        lock (_gate)
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            _tokens = Math.Min(rate, _tokens + ((now - _filledAt).TotalSeconds * rate));
            _filledAt = now;
            if (_tokens < 0.999999)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
