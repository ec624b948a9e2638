namespace DeepsetCloud.Emulator;

/// <summary>A signed-in user of the emulated service, with the organization that <c>/api/v1/me</c> names.</summary>
public sealed record EmulatorUser
{
    /// <summary>The bearer token that signs this user in.</summary>
    public required string Token { get; init; }

    /// <summary>The user's id.</summary>
    public string UserId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The user's address.</summary>
    public string Email { get; init; } = "ada.lovelace@example.com";

    /// <summary>First name.</summary>
    public string GivenName { get; init; } = "Ada";

    /// <summary>Last name.</summary>
    public string FamilyName { get; init; } = "Lovelace";

    /// <summary>The organization's id.</summary>
    public string OrganizationId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The organization's name.</summary>
    public string OrganizationName { get; init; } = "Analytical Engines";

    /// <summary>The user's role in the organization.</summary>
    public string OrganizationRole { get; init; } = "ADMIN";
}
