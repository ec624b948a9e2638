namespace DeepsetCloud.Client.Listing;

/// <summary>What a listing found.</summary>
/// <param name="Tokens">The tokens of the wanted window, in the service's order, each once.</param>
/// <param name="Total">How many tokens there are in all; null where neither the service nor the reading told.</param>
internal sealed record TokenListing(IReadOnlyList<ApiToken> Tokens, long? Total);
