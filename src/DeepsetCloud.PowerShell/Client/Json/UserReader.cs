using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Reads a person: the owner of a token, or who is signed in.</summary>
internal static class UserReader
{
    /// <summary>Reads the value at which the reader stands. What is no text where a text should be is left out.</summary>
    /// <param name="reader">Stands at the value, and afterwards at its end.</param>
    /// <param name="texts">Where texts that repeat are held once.</param>
    /// <param name="isWhole">Whether all was as it should be.</param>
    public static DcUser? Read(ref Utf8JsonReader reader, StringPool texts, out bool isWhole)
    {
        isWhole = reader.TokenType is JsonTokenType.Null or JsonTokenType.StartObject;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? given = null, family = null, id = null, email = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("given_name"u8))
            {
                given = ReadText(ref reader, texts, ref isWhole);
            }
            else if (reader.ValueTextEquals("family_name"u8))
            {
                family = ReadText(ref reader, texts, ref isWhole);
            }
            else if (reader.ValueTextEquals("user_id"u8))
            {
                id = ReadText(ref reader, texts, ref isWhole);
            }
            else if (reader.ValueTextEquals("email"u8))
            {
                email = ReadText(ref reader, texts, ref isWhole);
            }
            else
            {
                reader.Skip();
            }
        }

        return new DcUser { GivenName = given ?? "", FamilyName = family ?? "", UserId = id, Email = email };
    }

    private static string? ReadText(ref Utf8JsonReader reader, StringPool texts, ref bool isWhole)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return texts.Read(ref reader);
        }

        isWhole &= reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return null;
    }
}
