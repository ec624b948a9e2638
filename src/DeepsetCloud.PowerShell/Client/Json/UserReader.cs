using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Reads the person that a token belongs to.</summary>
internal static class UserReader
{
    /// <summary>Reads the value behind the property name at which the reader stands.</summary>
    public static DcUser? Read(ref Utf8JsonReader reader, StringPool texts)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A 'user' is not an object.");
        }

        string? given = null, family = null, id = null, email = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("given_name"u8))
            {
                given = ReadText(ref reader, texts);
            }
            else if (reader.ValueTextEquals("family_name"u8))
            {
                family = ReadText(ref reader, texts);
            }
            else if (reader.ValueTextEquals("user_id"u8))
            {
                id = ReadText(ref reader, texts);
            }
            else if (reader.ValueTextEquals("email"u8))
            {
                email = ReadText(ref reader, texts);
            }
            else
            {
                reader.Skip();
            }
        }

        return new DcUser { GivenName = given ?? "", FamilyName = family ?? "", UserId = id, Email = email };
    }

    private static string? ReadText(ref Utf8JsonReader reader, StringPool texts)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => texts.Read(ref reader),
            _ => throw new JsonException("A name in 'user' is not a text."),
        };
    }
}
