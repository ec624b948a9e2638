namespace DeepsetCloud.Client;

/// <summary>What to create. A member that is null is not sent, and the service decides.</summary>
internal sealed record NewTokenRequest
{
    public string? Name { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public bool NeverExpires { get; init; }

    public ApiTokenType? Type { get; init; }

    public OrganizationRole? OrganizationRole { get; init; }

    public string? RoleId { get; init; }

    public IReadOnlyList<string>? Workspaces { get; init; }
}
