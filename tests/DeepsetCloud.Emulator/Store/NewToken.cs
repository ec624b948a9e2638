namespace DeepsetCloud.Emulator;

/// <summary>What a token is created from, with the service's defaults.</summary>
public sealed record NewToken
{
    /// <summary>The id, where a test needs to know it beforehand; a request never says it.</summary>
    public Guid? Id { get; init; }

    /// <summary>Name, if any.</summary>
    public string? Name { get; init; }

    /// <summary>Expiry, if any; may lie in the past.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether the token expires at all.</summary>
    public bool Expires { get; init; } = true;

    /// <summary>Personal key, or service key.</summary>
    public bool Personal { get; init; } = true;

    /// <summary>ADMIN, MEMBER or EXTERNAL.</summary>
    public string OrganizationRole { get; init; } = "MEMBER";

    /// <summary>Role to assign, if any.</summary>
    public string? RoleId { get; init; }

    /// <summary>Workspaces it may access; empty means all.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];
}
