namespace DeepsetCloud.Api;

/// <summary>What a listing found.</summary>
/// <param name="Tokens">The tokens of the wanted window, in the service's order, each once.</param>
/// <param name="Total">How many tokens there are in all.</param>
internal sealed record TokenListing(IReadOnlyList<ApiToken> Tokens, long Total);
