namespace DeepsetCloud.Client.Listing;

/// <summary>What a listing for tab completion found, and when.</summary>
internal sealed record RecentTokens(DateTimeOffset At, IReadOnlyList<ApiToken> Tokens);
