namespace DeepsetCloud.Emulator;

/// <summary>Finds out who asks.</summary>
internal sealed class Authentication(IReadOnlyList<EmulatorUser> users, TokenStore tokens, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public Caller? Identify(IReadOnlyDictionary<string, string> headers)
    {
        string header = headers.GetValueOrDefault("Authorization", "");
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        string token = header[Scheme.Length..];
        if (users.FirstOrDefault(u => u.Token == token) is { } user)
        {
            return new Caller(user, IsApiKey: false);
        }

        return tokens.FindBySecret(token) is { } key && !(key.ExpiresAt <= clock.GetUtcNow()) ? new Caller(key.User, IsApiKey: true) : null;
    }
}
