using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Reads the response to "who am I?".</summary>
internal static class IdentityReader
{
    /// <exception cref="JsonException">It is not such a response.</exception>
    public static Identity Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        DcUser user = UserReader.Read(ref reader, new StringPool(), out _) ?? throw new JsonException("The user is not an object.");
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        return new Identity(user, ReadOrganization(document.RootElement));
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
