using System.Globalization;
using System.Text.Json;

namespace DeepsetCloud.Api;

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

        return DateTimeOffset.TryParse(
            reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out instant);
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

    private static bool HasZone(ReadOnlySpan<byte> text)
    {
        int time = text.IndexOf((byte)'T');
        return time > 0 && text.Slice(time).IndexOfAny((byte)'Z', (byte)'+', (byte)'-') > 0;
    }
}
