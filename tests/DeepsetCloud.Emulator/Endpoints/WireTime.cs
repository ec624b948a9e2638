using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepsetCloud.Emulator;

/// <summary>Timestamps as the wire has them: RFC 3339, always with a zone.</summary>
internal static partial class WireTime
{
    public static Result Parse(string text)
    {
        var match = DateTime().Match(text);
        if (!match.Success)
        {
            return Result.NotATime;
        }

        if (match.Groups["zone"].Length == 0)
        {
            return new Result(null, "Input should have timezone info", "timezone_aware");
        }

        // Digits beyond the tick are more than anybody can keep.
        string fraction = match.Groups["fraction"].Value;
        string exact = match.Groups["date"].Value + 'T' + match.Groups["time"].Value
            + (fraction.Length == 0 ? "" : "." + fraction[..Math.Min(7, fraction.Length)]) + match.Groups["zone"].Value;
        return DateTimeOffset.TryParse(exact, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new Result(instant, "", "")
            : Result.NotATime;
    }

    /// <summary>Writes an instant; <paramref name="turn"/> picks the style where they are mixed.</summary>
    public static int Format(DateTimeOffset instant, TimestampStyle style, int turn, Span<char> target)
    {
        if (style == TimestampStyle.Mixed)
        {
            style = (TimestampStyle)(turn % 3);
        }

        var (shown, format) = style switch
        {
            TimestampStyle.Offset => (instant.ToOffset(TimeSpan.FromHours(2)), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"),
            TimestampStyle.SevenDigits => (instant.ToUniversalTime(), "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"),
            _ => (instant.ToUniversalTime(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"),
        };
        shown.TryFormat(target, out int length, format, CultureInfo.InvariantCulture);
        return length;
    }

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?"
        + @"(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DateTime();

    /// <summary>An instant, or why there is none.</summary>
    public readonly record struct Result(DateTimeOffset? Instant, string Message, string Type)
    {
        public static Result NotATime { get; } = new(null, "Input should be a valid datetime", "datetime_from_date_parsing");
    }
}
