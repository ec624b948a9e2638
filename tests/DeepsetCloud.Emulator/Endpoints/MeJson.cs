using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>Writes who asks.</summary>
internal static class MeJson
{
    public static Answer Of(EmulatorUser user, IEnumerable<string> workspaces)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("user_id", user.UserId);
            writer.WriteString("email", user.Email);
            writer.WriteString("given_name", user.GivenName);
            writer.WriteString("family_name", user.FamilyName);
            writer.WriteBoolean("deleted", false);
            writer.WriteString("oauth_provider", "AUTH0");
            writer.WriteString("oauth_id", "auth0|" + user.UserId);
            writer.WriteStartObject("organization");
            writer.WriteString("organization_id", user.OrganizationId);
            writer.WriteString("name", user.OrganizationName);
            writer.WriteString("role", user.OrganizationRole);
            writer.WriteString("pricing_plan", "ENTERPRISE");
            writer.WriteStartArray("workspaces");
            foreach (string workspace in workspaces)
            {
                writer.WriteStartObject();
                writer.WriteString("name", workspace);
                writer.WriteString("role", "ADMIN");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Answer.Json(200, stream.ToArray());
    }
}
