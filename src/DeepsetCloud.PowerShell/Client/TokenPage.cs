namespace DeepsetCloud.Client;

/// <summary>One answer to a list request: <c>data</c>, <c>has_more</c> and <c>total</c>.</summary>
/// <param name="Tokens">The entries, in the service's order.</param>
/// <param name="HasMore">Whether more pages follow; null where the answer does not say.</param>
/// <param name="Total">How many tokens there are in all; null where the answer does not say.</param>
internal sealed record TokenPage(IReadOnlyList<ApiToken> Tokens, bool? HasMore, long? Total)
{
    /// <summary>The service's own clock when it answered; null where no header tells.</summary>
    public DateTimeOffset? ServedAt { get; init; }
}
