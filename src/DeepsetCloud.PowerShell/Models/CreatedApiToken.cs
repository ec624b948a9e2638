using System.Security;

namespace DeepsetCloud;

/// <summary>A token that has just been created: the one time that its secret is known.</summary>
public sealed class CreatedApiToken
{
    internal CreatedApiToken(SecureString apiToken) => ApiToken = apiToken;

    /// <summary>The secret: the API key itself. The service shows it this once only.</summary>
    public SecureString ApiToken { get; }

    /// <summary>The id; null where the service does not send it with the secret.</summary>
    public string? ApiTokenId { get; internal init; }

    /// <summary>The name that was asked for; null if none was.</summary>
    public string? Name { get; internal init; }

    /// <summary>The expiry that was asked for; null if none was.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>The type that was asked for; null if none was (the service then makes a personal key).</summary>
    public ApiTokenType? Type { get; internal init; }

    /// <summary>The workspaces that were asked for; null if none were (the service then allows all).</summary>
    public IReadOnlyList<string>? Workspaces { get; internal init; }

    /// <summary>Has the secret kept in the session, since the token is being displayed and may go nowhere else.</summary>
    internal Action? KeepShown { get; set; }

    /// <summary>The name, never the secret.</summary>
    /// <returns>A short text for messages.</returns>
    public override string ToString() => string.IsNullOrEmpty(Name) ? "a new API token" : Name!;
}
