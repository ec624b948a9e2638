using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Writes the body of a creation: what was asked for, and nothing else.</summary>
internal static class NewTokenWriter
{
    public static byte[] Write(NewTokenRequest request)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (request.Name is not null)
            {
                json.WriteString("name"u8, request.Name);
            }

            if (request.ExpiresAt is DateTimeOffset expiry)
            {
                json.WriteString("expires_at"u8, Timestamp.Write(expiry));
            }

            if (request.NeverExpires)
            {
                json.WriteBoolean("expires"u8, false);
            }

            if (request.Type is ApiTokenType type)
            {
                json.WriteBoolean("personal"u8, type == ApiTokenType.Personal);
            }

            if (request.OrganizationRole is OrganizationRole role)
            {
                json.WriteString("organization_role"u8, role.ToString().ToUpperInvariant());
            }

            if (request.RoleId is not null)
            {
                json.WriteString("role_id"u8, request.RoleId);
            }

            if (request.Workspaces is not null)
            {
                json.WriteStartArray("workspaces"u8);
                foreach (string workspace in request.Workspaces)
                {
                    json.WriteStringValue(workspace);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
