using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Reads the answer to "who am I?".</summary>
internal static class IdentityReader
{
    /// <exception cref="JsonException">It is not such an answer.</exception>
    public static Identity Read(ReadOnlySpan<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        JsonElement me = document.RootElement;
        if (me.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The user is not an object.");
        }

        var user = new DcUser
        {
            GivenName = Text(me, "given_name") ?? "",
            FamilyName = Text(me, "family_name") ?? "",
            UserId = Text(me, "user_id"),
            Email = Text(me, "email"),
        };
        return new Identity(user, ReadOrganization(me));
    }

    private static DcOrganization? ReadOrganization(JsonElement me)
    {
        if (!me.TryGetProperty("organization", out JsonElement organization) || organization.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return new DcOrganization
        {
            OrganizationId = Text(organization, "organization_id") ?? "",
            Name = Text(organization, "name") ?? "",
            Role = Text(organization, "role"),
            Workspaces = ReadWorkspaces(organization),
        };
    }

    private static string[] ReadWorkspaces(JsonElement organization) =>
        organization.TryGetProperty("workspaces", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.Object).Select(w => Text(w, "name")).OfType<string>()]
            : [];

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
