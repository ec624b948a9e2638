namespace DeepsetCloud;

/// <summary>A person, as the service describes one with a token or for the signed-in user.</summary>
public sealed class DcUser
{
    /// <summary>The first name; empty where the service gives none.</summary>
    public string GivenName { get; internal init; } = "";

    /// <summary>The last name; empty where the service gives none.</summary>
    public string FamilyName { get; internal init; } = "";

    /// <summary>The id of the user; null where the service does not send it (the owner of a token).</summary>
    public string? UserId { get; internal init; }

    /// <summary>The e-mail address; null where the service does not send it (the owner of a token).</summary>
    public string? Email { get; internal init; }

    /// <summary>The full name.</summary>
    /// <returns>Given and family name, separated by a blank.</returns>
    public override string ToString() => $"{GivenName} {FamilyName}".Trim();
}
