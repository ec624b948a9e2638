using System.Security;
using System.Text.Json;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Json;

/// <summary>Reads the answer to a creation. No message of it ever holds what it read.</summary>
internal static class CreatedReader
{
    private const int MaximumLength = 64 * 1024;

    /// <returns>The secret, read-only, and the id where the service sends one.</returns>
    /// <exception cref="JsonException">The answer holds no secret.</exception>
    public static (SecureString Secret, string? Id) Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("the answer is not an object");
        }

        string? secret = null, id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSecret = reader.ValueTextEquals("api_token"u8);
            bool isId = reader.ValueTextEquals("api_token_id"u8);
            reader.Read();
            if ((isSecret || isId) && reader.TokenType == JsonTokenType.String)
            {
                secret = isSecret ? reader.GetString() : secret;
                id = isId ? reader.GetString() : id;
            }
            else
            {
                reader.Skip();
            }
        }

        if (string.IsNullOrEmpty(secret))
        {
            throw new JsonException("the answer has no 'api_token'");
        }

        if (secret!.Any(char.IsControl))
        {
            throw new JsonException("the 'api_token' holds a control character, which no key can");
        }

        if (secret!.Length > MaximumLength)
        {
            throw new JsonException("the 'api_token' is too long to be one");
        }

        return (SecureText.Protect(secret!), id);
    }
}
