namespace DeepsetCloud;

/// <summary>The organization that a session works in.</summary>
public sealed class DcOrganization
{
    /// <summary>The id of the organization.</summary>
    public string OrganizationId { get; internal init; } = "";

    /// <summary>The name of the organization.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The role of the signed-in user in it, in the service's own words.</summary>
    public string? Role { get; internal init; }

    /// <summary>The names of the workspaces that the user can see.</summary>
    public IReadOnlyList<string> Workspaces { get; internal init; } = [];

    /// <summary>The name of the organization.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
