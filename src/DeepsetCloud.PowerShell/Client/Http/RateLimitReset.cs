using System.Globalization;
using System.Net.Http.Headers;

namespace DeepsetCloud.Client.Http;

/// <summary>When a limit ends, as <c>RateLimit-Reset</c> and <c>X-RateLimit-Reset</c> say: in seconds from now, or as a Unix time.</summary>
/// <param name="Value">The number.</param>
internal sealed record RateLimitReset(double Value)
{
    // No limit lasts for thirty years: what is larger is a time since 1970, in seconds or in milliseconds.
    private const double SmallestUnixTime = 1_000_000_000;
    private const double SmallestUnixTimeInMilliseconds = 1_000_000_000_000;
    private static readonly string[] Names = ["RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"];

    public static RateLimitReset? Read(HttpResponseHeaders headers)
    {
        foreach (string name in Names)
        {
            if (headers.TryGetValues(name, out IEnumerable<string>? values)
                && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                && value < 100 * SmallestUnixTimeInMilliseconds)
            {
                return new RateLimitReset(value);
            }
        }

        return null;
    }

    /// <summary>The time from then until the limit ends.</summary>
    public TimeSpan WaitFrom(DateTimeOffset now) => Value switch
    {
        < SmallestUnixTime => TimeSpan.FromSeconds(Value),
        < SmallestUnixTimeInMilliseconds => TimeSpan.FromSeconds(Value - now.ToUnixTimeSeconds()),
        _ => TimeSpan.FromMilliseconds(Value - now.ToUnixTimeMilliseconds()),
    };
}
