using System.Net;
using CsCheck;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

public class RetryPolicyTests
{
    private static readonly ApiRequest Get = new(HttpMethod.Get, "api/v1/token");
    private static readonly ApiRequest Post = new(HttpMethod.Post, "api/v1/token") { Body = [] };
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(1, 0.25, 0.5)]
    [InlineData(2, 0.5, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(4, 2, 4)]
    [InlineData(6, 8, 16)]
    [InlineData(7, 15, 30)]
    [InlineData(8, 15, 30)]
    [InlineData(99, 15, 30)]
    public void Waits_double_up_to_half_a_minute_and_chance_takes_up_to_half_of_each(int number, double shortest, double longest)
    {
        var policy = new RetryPolicy(100, _clock);
        double Wait(double jitter)
        {
            _clock.Jitter = jitter;
            return policy.DelayAfter(number, Get, Responded(500))!.Value.TotalSeconds;
        }

        Assert.Equal(shortest, Wait(0), 6);
        Assert.Equal(longest, Wait(0.999999), 4);
        Gen.Double[0, 0.999999].Sample(jitter => Wait(jitter) >= shortest && Wait(jitter) < longest);
    }

    [Fact]
    public void The_real_chance_differs_from_one_wait_to_the_next()
    {
        var policy = new RetryPolicy(1, new SystemClock());
        var waits = Enumerable.Range(0, 100).Select(_ => policy.DelayAfter(1, Get, Responded(500))!.Value.TotalSeconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 0.25, 0.5));
        Assert.True(waits.Distinct().Count() > 50);
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(409, false)]
    [InlineData(422, false)]
    [InlineData(424, false)]
    [InlineData(501, false)]
    [InlineData(591, false)]
    [InlineData(307, false)]
    public void Only_what_can_pass_by_itself_is_tried_again(int status, bool again) =>
        Assert.Equal(again, new RetryPolicy(1, _clock).DelayAfter(1, Get, Responded(status)) is not null);

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, false)]
    public void The_number_of_repetitions_is_bounded(int maximum, int number, bool again) =>
        Assert.Equal(again, new RetryPolicy(maximum, _clock).DelayAfter(number, Get, Responded(503, "1")) is not null);

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("7", 7.0)]
    [InlineData("120", 120.0)]
    [InlineData("121", null)]
    [InlineData("2147483647", null)]
    public void A_wait_in_seconds_is_kept_to_and_a_too_long_one_is_not_begun(string retryAfter, double? wait) =>
        Assert.Equal(wait, new RetryPolicy(1, _clock).DelayAfter(1, Get, Responded(503, retryAfter))?.TotalSeconds);

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public void What_is_no_time_counts_as_none(string retryAfter)
    {
        var policy = new RetryPolicy(1, _clock);

        Assert.Equal(0.375, policy.DelayAfter(1, Get, Responded(503, retryAfter))?.TotalSeconds);
        Assert.Null(policy.DelayAfter(1, Post, Responded(503, retryAfter)));
    }

    [Fact]
    public void A_date_is_measured_against_the_clock_of_the_service_that_names_it()
    {
        DateTimeOffset theirs = _clock.UtcNow.AddDays(-400);

        Assert.Equal(90, Wait(theirs.AddSeconds(90), theirs));
        Assert.Equal(0, Wait(theirs.AddSeconds(-90), theirs));
        Assert.Equal(120, Wait(theirs.AddSeconds(120), theirs));
        Assert.Null(Wait(theirs.AddSeconds(121), theirs));
    }

    [Fact]
    public void A_date_is_measured_against_our_clock_where_the_service_does_not_tell_its_own()
    {
        Assert.Equal(90, Wait(_clock.UtcNow.AddSeconds(90), null));
        Assert.Equal(0, Wait(_clock.UtcNow.AddDays(-1), null));
        Assert.Null(Wait(_clock.UtcNow.AddSeconds(121), null));
        Assert.Null(Wait(DateTimeOffset.MaxValue, null));
    }

    private double? Wait(DateTimeOffset until, DateTimeOffset? servedAt) => new RetryPolicy(1, _clock)
        .DelayAfter(1, Get, Responded(429, until.ToString("R", System.Globalization.CultureInfo.InvariantCulture), servedAt))?.TotalSeconds;

    private static AttemptResult Responded(int status, string? retryAfter = null, DateTimeOffset? servedAt = null)
    {
        using var message = new HttpResponseMessage((HttpStatusCode)status);
        message.Headers.Date = servedAt;
        if (retryAfter is not null)
        {
            message.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return AttemptResult.Responded(new ApiResponse(message, new PooledBuffer(1)), wasSent: true);
    }
}
