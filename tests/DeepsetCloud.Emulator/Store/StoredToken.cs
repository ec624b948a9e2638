namespace DeepsetCloud.Emulator;

/// <summary>A token as the service keeps it. Of its secret only a hash remains.</summary>
public sealed class StoredToken
{
    internal StoredToken(Guid id, NewToken origin, EmulatorUser user, DateTimeOffset createdAt, string? secretHash)
    {
        Id = id;
        Name = origin.Name;
        ExpiresAt = origin.ExpiresAt;
        Expires = origin.Expires;
        Personal = origin.Personal;
        OrganizationRole = origin.OrganizationRole;
        RoleId = origin.RoleId;
        Workspaces = origin.Workspaces;
        User = user;
        CreatedAt = createdAt;
        SecretHash = secretHash;
    }

    /// <summary>The id as a UUID.</summary>
    public Guid Id { get; }

    /// <summary>The id as text, as it appears on the wire.</summary>
    public string ApiTokenId => Id.ToString();

    /// <summary>Name, if one was given.</summary>
    public string? Name { get; }

    /// <summary>Creation time; strictly increasing within one store.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Expiry; null where the token never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The <c>expires</c> field the token was created with.</summary>
    public bool Expires { get; }

    /// <summary>Personal key, or service key.</summary>
    public bool Personal { get; }

    /// <summary>ADMIN, MEMBER or EXTERNAL.</summary>
    public string OrganizationRole { get; }

    /// <summary>Role assigned, if any.</summary>
    public string? RoleId { get; }

    /// <summary>Workspaces it may access; empty means all.</summary>
    public IReadOnlyList<string> Workspaces { get; }

    /// <summary>Who created it.</summary>
    public EmulatorUser User { get; }

    internal string? SecretHash { get; }

    /// <summary>The workspace this token is scoped to alone, if so.</summary>
    internal string? OnlyWorkspace => Workspaces.Count == 1 ? Workspaces[0] : null;
}
