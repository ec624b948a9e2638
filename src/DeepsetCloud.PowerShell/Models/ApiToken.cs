using System.Collections.ObjectModel;

namespace DeepsetCloud;

/// <summary>An API token as the service lists it. The secret itself is never listed.</summary>
public sealed class ApiToken
{
    private static readonly ReadOnlyDictionary<string, object?> NoProperties = new(new Dictionary<string, object?>());

    internal ApiToken(string apiTokenId) => ApiTokenId = apiTokenId;

    /// <summary>The id: opaque text, unique within its organization.</summary>
    public string ApiTokenId { get; }

    /// <summary>The name; null where the token has none or the service does not send it.</summary>
    public string? Name { get; internal set; }

    /// <summary>The instant from which on the service refuses the token; null if it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; internal set; }

    /// <summary>Whether <see cref="ExpiresAt"/> has passed, by the clock of this computer.</summary>
    public bool IsExpired => ExpiresAt <= DateTimeOffset.UtcNow;

    /// <summary>The owner; null where the service names none.</summary>
    public DcUser? User { get; internal set; }

    /// <summary>Personal or service key; null where the service does not say.</summary>
    public ApiTokenType? Type { get; internal set; }

    /// <summary>The role in the organization, in the service's own words; null where it does not say.</summary>
    public string? OrganizationRole { get; internal set; }

    /// <summary>The id of the assigned role; null where the service does not say.</summary>
    public string? RoleId { get; internal set; }

    /// <summary>The names of the workspaces that the token may access; null where the service does not say.</summary>
    public IReadOnlyList<string>? Workspaces { get; internal set; }

    /// <summary>The instant of creation; null where the service does not say.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>Every field that the service sent and this version does not know, by its name on the wire.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; internal set; } = NoProperties;

    /// <summary>The connection that the token was read with. Not public: no view and no serialisation meets it.</summary>
    internal Client.DeepsetClient? Origin { get; set; }

    /// <summary>Whether nothing but the id is known: what is null here says nothing then.</summary>
    internal bool IsIdOnly { get; init; }

    /// <summary>The name, or the id where there is none.</summary>
    /// <returns>A short text for messages.</returns>
    public override string ToString() => string.IsNullOrEmpty(Name) ? ApiTokenId : Name!;
}
