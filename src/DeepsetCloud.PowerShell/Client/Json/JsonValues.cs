using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Turns JSON that we do not know into plain objects that PowerShell can walk.</summary>
internal static class JsonValues
{
    /// <summary>Reads the value at which the reader stands.</summary>
    /// <returns>null, bool, string, long, double, an array of these, or a dictionary of them.</returns>
    public static object? Read(ref Utf8JsonReader reader, StringPool texts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return texts.Read(ref reader);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? whole : Fraction(ref reader);
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, texts));
                }

                return items.ToArray();
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, object?>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = texts.Read(ref reader);
                    reader.Read();
                    members[name] = Read(ref reader, texts);
                }

                return members;
            default:
                throw new JsonException("A value is missing.");
        }
    }

    // decimal keeps what double would round; beyond its range the text itself is kept rather than an infinity.
    private static object Fraction(ref Utf8JsonReader reader)
    {
        if (reader.TryGetDecimal(out decimal exact))
        {
            return exact;
        }

        return reader.TryGetDouble(out double number) && !double.IsInfinity(number)
            ? number
            : System.Text.Encoding.ASCII.GetString(reader.ValueSpan.ToArray());
    }
}
