using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Reads a page of tokens.</summary>
internal static class TokenPageReader
{
    /// <summary>Reads the answer to a list request.</summary>
    /// <exception cref="JsonException">It is not such a page.</exception>
    public static TokenPage Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        List<ApiToken>? tokens = null;
        bool? hasMore = null;
        long? total = null;

        Expect(ref reader, JsonTokenType.StartObject, "the page");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                tokens = ReadTokens(ref reader);
            }
            else if (reader.ValueTextEquals("has_more"u8))
            {
                hasMore = ReadFlag(ref reader);
            }
            else if (reader.ValueTextEquals("total"u8))
            {
                total = ReadTotal(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Runs to the end of the text: anything behind the page is an error too.
        reader.Read();
        return new TokenPage(tokens ?? throw new JsonException("'data' is missing."), hasMore, total);
    }

    private static List<ApiToken> ReadTokens(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "'data'");
        var tokens = new List<ApiToken>(100);
        var texts = new StringPool();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            tokens.Add(TokenReader.Read(ref reader, texts));
        }

        return tokens;
    }

    private static bool? ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw new JsonException("'has_more' is neither true nor false."),
        };
    }

    private static long? ReadTotal(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long total) && total >= 0
            ? total
            : throw new JsonException("'total' is not a count.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException($"{what} is not {(type == JsonTokenType.StartArray ? "a list" : "an object")}.");
        }
    }
}
