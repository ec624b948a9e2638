using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>Writes tokens and pages.</summary>
internal static class TokenJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Page(TokenSlice page, long? total, EmulatorOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + (page.Items.Count * 512));
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("data");
            for (int i = 0; i < page.Items.Count; i++)
            {
                Token(writer, page.Items[i], options, i);
            }

            writer.WriteEndArray();
            writer.WriteBoolean("has_more", page.HasMore);
            if (total is { } number)
            {
                writer.WriteNumber("total", number);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Token(Utf8JsonWriter writer, StoredToken token, EmulatorOptions options, int turn)
    {
        writer.WriteStartObject();
        writer.WriteString("api_token_id", token.Id);
        Time(writer, "expires_at", token.ExpiresAt, options.TimestampStyle, turn);
        writer.WriteStartObject("user");
        writer.WriteString("given_name", token.User.GivenName);
        writer.WriteString("family_name", token.User.FamilyName);
        writer.WriteEndObject();
        if (options.Generation == ApiGeneration.Current)
        {
            NewerFields(writer, token, options, turn);
        }

        writer.WriteEndObject();
    }

    private static void NewerFields(Utf8JsonWriter writer, StoredToken token, EmulatorOptions options, int turn)
    {
        writer.WriteString("name", token.Name);
        writer.WriteBoolean("personal", token.Personal);
        writer.WriteString("organization_role", token.OrganizationRole);
        writer.WriteString("role_id", token.RoleId);
        writer.WriteStartArray("workspaces");
        foreach (string workspace in token.Workspaces)
        {
            writer.WriteStringValue(workspace);
        }

        writer.WriteEndArray();
        Time(writer, "created_at", token.CreatedAt, options.TimestampStyle, turn + 1);

        // A field that no documentation names: clients have to cope with those.
        writer.WriteStartObject("usage");
        writer.WriteNull("last_used_at");
        writer.WriteStartArray("recent_calls");
        writer.WriteNumberValue(3);
        writer.WriteNumberValue(0.5);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Time(Utf8JsonWriter writer, string name, DateTimeOffset? instant, TimestampStyle style, int turn)
    {
        if (instant is null)
        {
            writer.WriteNull(name);
            return;
        }

        Span<char> text = stackalloc char[40];
        writer.WriteString(name, text[..WireTime.Format(instant.Value, style, turn, text)]);
    }
}
