namespace DeepsetCloud.Client.Http;

/// <summary>When and after which time a request is sent again.</summary>
internal sealed class RetryPolicy(int maximumRetryCount, IClock clock)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that a service may ask for; beyond it the request fails at once and says when to come back.</summary>
    public static TimeSpan LongestRetryAfter { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Decides about the next attempt, after so many (<paramref name="number"/>, from 1).</summary>
    /// <returns>The time to wait; null to give up.</returns>
    public TimeSpan? DelayAfter(int number, ApiRequest request, AttemptResult attempt)
    {
        // What must not happen twice is repeated only where it surely has not happened.
        bool mayRepeat = request.IsIdempotent || attempt.Effect is Effect.NotSent or Effect.Rejected;
        if (number > maximumRetryCount || !attempt.IsTransient || !mayRepeat)
        {
            return null;
        }

        if (attempt.Response?.RetryDelay(clock.UtcNow) is TimeSpan asked)
        {
            return asked <= LongestRetryAfter ? asked : null;
        }

        double exponential = FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(number - 1, 20));
        double bounded = Math.Min(exponential, LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(bounded * (0.5 + (0.5 * clock.NextJitter())));
    }
}
