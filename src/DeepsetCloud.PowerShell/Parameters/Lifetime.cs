using DeepsetCloud.Client;

namespace DeepsetCloud.Parameters;

/// <summary>A time from now on, as <c>-ExpiresIn</c> takes it.</summary>
internal static class Lifetime
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The instant at which it ends, in whole seconds: what a person means by "in 90 days".</summary>
    /// <exception cref="DcApiException">It is too short to be meant, or ends after the last date.</exception>
    public static DateTimeOffset EndOf(TimeSpan time, DateTimeOffset now)
    {
        if (time < Shortest)
        {
            // A bare number such as 90 is that many ten-millionths of a second to PowerShell.
            throw Refused($"-ExpiresIn is {time}, less than a minute from now. Give a time such as 90.00:00:00 (90 days).");
        }

        var start = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return time <= DateTimeOffset.MaxValue - start
            ? start + time
            : throw Refused($"-ExpiresIn is {time}, which ends after the last date that there is. For a token that does not expire, give -NeverExpires.");
    }

    private static DcApiException Refused(string message) => new(ApiErrorKind.InvalidRequest, message);
}
