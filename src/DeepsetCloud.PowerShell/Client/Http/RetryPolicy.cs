using System.Net.Http.Headers;

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
        if (number > maximumRetryCount || !attempt.IsTransient || !MayRepeat(request, attempt))
        {
            return null;
        }

        if (RetryAfter(attempt.Response) is TimeSpan asked)
        {
            return asked <= LongestRetryAfter ? asked : null;
        }

        double exponential = FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(number - 1, 20));
        double bounded = Math.Min(exponential, LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(bounded * (0.5 + (0.5 * clock.NextJitter())));
    }

    /// <summary>The wait that the service asks for, in either form of the header; null if it asks for none.</summary>
    public TimeSpan? RetryAfter(ApiResponse? response)
    {
        RetryConditionHeaderValue? header = response?.RetryAfter;

        // Against the service's own clock where it tells it: ours may be off.
        TimeSpan? wait = header?.Delta ?? (header?.Date - (response?.ServedAt ?? clock.UtcNow));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    // A creation that may have happened must not happen twice; a service that names a time to come back has done nothing.
    private bool MayRepeat(ApiRequest request, AttemptResult attempt) =>
        request.IsIdempotent
        || (attempt.Response is { } response
            ? response.StatusCode is 429 or 503 && RetryAfter(response) is not null
            : !attempt.MayHaveArrived);
}
