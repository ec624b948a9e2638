using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>
/// Reads one token. What every server sends must be right; what only newer ones send is taken where it has the
/// expected type and kept among the additional properties where it has not: their exact form is not public.
/// </summary>
internal static class TokenReader
{
    public static ApiToken Read(ref Utf8JsonReader reader, StringPool texts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An entry of 'data' is not an object.");
        }

        string? id = null;
        var token = new Fields();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("api_token_id"u8))
            {
                id = ReadId(ref reader);
            }
            else if (reader.ValueTextEquals("expires_at"u8))
            {
                token.ExpiresAt = ReadExpiry(ref reader);
            }
            else if (reader.ValueTextEquals("user"u8))
            {
                ReadUser(ref reader, texts, ref token);
            }
            else
            {
                ReadNewer(ref reader, texts, ref token);
            }
        }

        return token.ToToken(id ?? throw new JsonException("A token has no 'api_token_id'."));
    }

    private static string ReadId(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return string.IsNullOrEmpty(id) ? throw new JsonException("An 'api_token_id' is not a text.") : id!;
    }

    private static DateTimeOffset? ReadExpiry(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.String && Timestamp.TryRead(ref reader, out DateTimeOffset instant)
            ? instant
            : throw new JsonException("An 'expires_at' is not a date and time.");
    }

    private static void ReadUser(ref Utf8JsonReader reader, StringPool texts, ref Fields token)
    {
        reader.Read();
        Utf8JsonReader start = reader;
        token.User = UserReader.Read(ref reader, texts, out bool isWhole);
        if (!isWhole)
        {
            // What cannot be shown as a person is kept as it came.
            token.AddProperty("user", JsonValues.Read(ref start, texts));
        }
    }

    private static void ReadNewer(ref Utf8JsonReader reader, StringPool texts, ref Fields token)
    {
        string name = KnownName(ref reader) ?? texts.Read(ref reader);
        reader.Read();
        JsonTokenType type = reader.TokenType;
        switch (name)
        {
            case "name" when type is JsonTokenType.String or JsonTokenType.Null:
                token.Name = reader.GetString();
                break;
            case "personal" when type is JsonTokenType.True or JsonTokenType.False:
                token.Type = reader.GetBoolean() ? ApiTokenType.Personal : ApiTokenType.Service;
                break;
            case "organization_role" when type is JsonTokenType.String or JsonTokenType.Null:
                token.OrganizationRole = type is JsonTokenType.Null ? null : texts.Read(ref reader);
                break;
            case "role_id" when type is JsonTokenType.String or JsonTokenType.Null:
                token.RoleId = type is JsonTokenType.Null ? null : texts.Read(ref reader);
                break;
            case "workspaces" when IsListOfTexts(reader, out int count):
                token.Workspaces = ReadTexts(ref reader, texts, count);
                break;
            case "created_at" when type is JsonTokenType.String && Timestamp.TryRead(ref reader, out DateTimeOffset created):
                token.CreatedAt = created;
                break;
            default:
                token.AddProperty(name, JsonValues.Read(ref reader, texts));
                break;
        }
    }

    // Looks ahead with a reader of its own: only a list that is taken wholly is taken.
    private static bool IsListOfTexts(Utf8JsonReader reader, out int count)
    {
        count = 0;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            count++;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static string[] ReadTexts(ref Utf8JsonReader reader, StringPool texts, int count)
    {
        string[] list = count == 0 ? [] : new string[count];
        for (int i = 0; i < count; i++)
        {
            reader.Read();
            list[i] = texts.Read(ref reader);
        }

        reader.Read();
        return list;
    }

    // The names are the same in every token: no new string for each.
    private static string? KnownName(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("name"u8) ? "name"
        : reader.ValueTextEquals("personal"u8) ? "personal"
        : reader.ValueTextEquals("organization_role"u8) ? "organization_role"
        : reader.ValueTextEquals("role_id"u8) ? "role_id"
        : reader.ValueTextEquals("workspaces"u8) ? "workspaces"
        : reader.ValueTextEquals("created_at"u8) ? "created_at"
        : null;

    private struct Fields
    {
        public DateTimeOffset? ExpiresAt;
        public DcUser? User;
        public string? Name;
        public ApiTokenType? Type;
        public string? OrganizationRole;
        public string? RoleId;
        public string[]? Workspaces;
        public DateTimeOffset? CreatedAt;
        public Dictionary<string, object?>? Additional;

        public void AddProperty(string name, object? value) =>
            (Additional ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;

        public readonly ApiToken ToToken(string id)
        {
            var token = new ApiToken(id)
            {
                ExpiresAt = ExpiresAt,
                User = User,
                Name = Name,
                Type = Type,
                OrganizationRole = OrganizationRole,
                RoleId = RoleId,
                Workspaces = Workspaces,
                CreatedAt = CreatedAt,
            };
            if (Additional is not null)
            {
                token.AdditionalProperties = Additional;
            }

            return token;
        }
    }
}
