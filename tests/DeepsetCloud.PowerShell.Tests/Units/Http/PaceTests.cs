using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

/// <summary>The pace of a session against a limiter, simulated: hours pass in milliseconds.</summary>
public class PaceTests
{
    private const int Seeds = 3;

    public static TheoryData<double, double, string> Limits
    {
        get
        {
            var limits = new TheoryData<double, double, string>();
            foreach (string header in (string[])["honest", "absent", "zero"])
            {
                foreach (double rate in (double[])[1, 2, 3, 5, 10, 50])
                {
                    foreach (double burst in new[] { rate > 10 ? rate : 1, rate, 2 * rate, 5 * rate }.Distinct())
                    {
                        limits.Add(rate, burst, header);
                    }
                }
            }

            return limits;
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_listing_of_1000_pages_takes_little_longer_than_the_limit_demands(double rate, double burst, string header)
    {
        Simulation[] runs = [.. Enumerable.Range(1, Seeds).Select(seed => new Simulation(rate, burst, header, seed).Run(workers: 12, requests: 1000))];

        Assert.All(runs, run => Assert.Equal(0, run.Failed));
        Simulation usual = runs.OrderBy(run => run.Seconds).ElementAt(Seeds / 2);
        Assert.InRange(usual.Seconds, 0, 1.3 * 1000 / rate);
        Assert.InRange(usual.RefusedOnceSettled, 0, 0.1);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(5, 32)]
    [InlineData(50, 256)]
    public void A_removal_of_10000_passes_whatever_is_under_way_at_once(double rate, int workers)
    {
        Simulation run = new Simulation(rate, burst: rate, "honest", seed: 1).Run(workers, 10_000);

        Assert.Equal(0, run.Failed);
        Assert.InRange(run.Seconds, 0, 1.3 * 10_000 / rate);
    }

    [Fact]
    public void A_service_that_refuses_nothing_is_not_slowed() =>
        Assert.InRange(new Simulation(1_000_000, 1_000_000, "honest", seed: 1).Run(workers: 12, requests: 1200).Seconds, 0, 101 * Simulation.Latency);

    // Refusals that have nothing to do with the rate, as of a service that is being replaced.
    [Fact]
    public void A_refusal_now_and_then_does_not_bring_all_to_a_halt()
    {
        Simulation run = new Simulation(1_000_000, 1_000_000, "absent", seed: 1) { RefusedByChance = 0.01 }.Run(workers: 12, requests: 2000);

        Assert.Equal(0, run.Failed);
        Assert.InRange(run.Seconds, 0, 60);
    }

    [Fact]
    public void Full_speed_comes_back_when_the_limit_is_lifted()
    {
        Simulation run = new Simulation(5, 5, "honest", seed: 1) { LiftedAt = 60 }.Run(workers: 12, requests: 20_000);

        // At 5 a second it would take more than an hour. The last thousand pass as fast as without a limit.
        Assert.InRange(run.Seconds, 60, 300);
        Assert.InRange(run.SecondsOfLastThousand, 0, 1.3 * 1000 / 12 * Simulation.Latency);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void Several_sessions_share_a_limit_and_nothing_fails(double rate)
    {
        Simulation run = new Simulation(rate, burst: 2 * rate, "honest", seed: 1).Run(workers: 12, requests: 300, sessions: 3);

        Assert.Equal(0, run.Failed);
        Assert.InRange(run.Seconds, 0, 2 * 900 / rate);
    }

    [Fact]
    public void A_wait_that_is_asked_for_lengthens_the_own_one_and_never_shortens_it()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        foreach ((double? asked, double least) in new (double?, double)[] { (null, 0.25), (0, 0.25), (0.1, 0.25), (3, 3), (90, 90) })
        {
            var pace = new Pace();
            pace.Start(now);
            pace.Refused(now, now, asked is double seconds ? TimeSpan.FromSeconds(seconds) : null, jitter: 0);

            Assert.Equal(least, (pace.NextStart(now) - now).TotalSeconds, 6);
        }
    }

    [Fact]
    public void Waits_are_spread_by_chance()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        double Wait(double? asked, double jitter)
        {
            var pace = new Pace();
            pace.Start(now);
            pace.Refused(now, now, asked is double seconds ? TimeSpan.FromSeconds(seconds) : null, jitter);
            return (pace.NextStart(now) - now).TotalSeconds;
        }

        Assert.Equal(0.5, Wait(null, 1), 6);
        Assert.Equal(11, Wait(10, 1), 6);
    }

    [Fact]
    public void All_that_left_before_a_refusal_was_known_are_one_refusal()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        var pace = new Pace();
        pace.Start(now);
        for (int i = 0; i < 12; i++)
        {
            pace.Refused(now.AddMilliseconds(20), now, null, jitter: 0);
        }

        Assert.Equal(0.25, (pace.NextStart(now.AddMilliseconds(20)) - now.AddMilliseconds(20)).TotalSeconds, 6);
    }
}
