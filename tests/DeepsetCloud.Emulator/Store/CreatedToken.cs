namespace DeepsetCloud.Emulator;

/// <summary>A token just created, with the secret that is shown this once.</summary>
/// <param name="Token">The token as stored.</param>
/// <param name="Secret">The secret, <c>api_…</c>.</param>
public sealed record CreatedToken(StoredToken Token, string Secret);
