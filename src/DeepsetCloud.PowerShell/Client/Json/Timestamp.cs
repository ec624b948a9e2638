using System.Globalization;
using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Instants on the wire.</summary>
internal static class Timestamp
{
    /// <summary>Reads any of the forms that the service sends, exact to the tick. Without a zone, UTC is meant.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        if (HasZone(reader.ValueSpan) && reader.TryGetDateTimeOffset(out instant))
        {
            return true;
        }

        string text = reader.GetString()!.Trim();
        if (!StartsWithDate(text))
        {
            // A time alone, or a day and a month, would be taken for one of today or of this year.
            instant = default;
            return false;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }

    /// <summary>Writes an instant as the service documents it: UTC, milliseconds, or as many digits as it takes to be exact.</summary>
    public static string Write(DateTimeOffset instant)
    {
        DateTime utc = instant.UtcDateTime;
        string digits = (utc.Ticks % TimeSpan.TicksPerMillisecond == 0, utc.Ticks % 10 == 0) switch
        {
            (true, _) => "fff",
            (_, true) => "ffffff",
            _ => "fffffff",
        };
        return utc.ToString($"yyyy-MM-ddTHH:mm:ss.{digits}Z", CultureInfo.InvariantCulture);
    }

    private static bool StartsWithDate(string text) =>
        text.Length >= 10 && Enumerable.Range(0, 10).All(i => i is 4 or 7 ? text[i] == '-' : text[i] is >= '0' and <= '9');

    private static bool HasZone(ReadOnlySpan<byte> text)
    {
        int time = text.IndexOf((byte)'T');
        return time > 0 && text.Slice(time).IndexOfAny((byte)'Z', (byte)'+', (byte)'-') > 0;
    }
}
