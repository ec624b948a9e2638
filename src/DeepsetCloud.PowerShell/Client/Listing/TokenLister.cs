namespace DeepsetCloud.Client.Listing;

/// <summary>Reads the whole list, or a window of it, by page number: complete, in order, each token once.</summary>
internal sealed class TokenLister(DeepsetClient client, IClientLog log)
{
    /// <summary>How many pages are read at once unless told otherwise.</summary>
    public const int DefaultParallelism = 12;

    private const int MaximumPasses = 6;

    // Chance can make two readings of a moving list look the same.
    private const int PassesThatContradict = 3;

    /// <summary>How many pages are read at once, once the first has told how many there are.</summary>
    public int Parallelism { get; init; } = DefaultParallelism;

    /// <summary>How many pages are followed while the service, which gives no total, says that there are more.</summary>
    public int MaximumPagesWithoutTotal { get; init; } = 10_000;

    /// <summary>How many tokens beyond the total are followed while the service says that there are more.</summary>
    public int MaximumUncountedTokens { get; init; } = 10_000;

    /// <summary>How many tokens one listing takes. They are all held at once.</summary>
    public long MaximumTokens { get; init; } = 2_000_000;

    /// <summary>Lists.</summary>
    /// <exception cref="DcApiException">The service cannot be read, or contradicts itself.</exception>
    public async Task<TokenListing> ListAsync(ListWindow window, string? workspace, CancellationToken cancellationToken)
    {
        window = window.Fit();
        var reader = new PageReader(client, log, workspace, Parallelism);
        ListingPass? previous = null;
        int contradictions = 1;
        var seen = new List<IReadOnlyList<ApiToken>>();
        for (int number = 1; ; number++)
        {
            ListingPass pass = await ReadAsync(reader, window, cancellationToken).ConfigureAwait(false);
            if (pass.IsProven)
            {
                return pass.ToListing();
            }

            if (previous?.IsProvenBy(pass) == true)
            {
                return previous.ToListing();
            }

            contradictions = previous?.IsContradictedBy(pass) == true ? contradictions + 1 : 1;
            if (contradictions == PassesThatContradict)
            {
                throw Contradiction(pass.Total is long total
                    ? $"it counts {total} tokens and sends {pass.Tokens.Count} different ones, each time the same"
                    : $"it announces more than the {pass.Tokens.Count} different tokens that it sends, each time the same");
            }

            if (number == MaximumPasses)
            {
                log.Warning(
                    $"The list of API tokens at {client.Place.Host} kept changing while it was read ({number} times). "
                    + "Tokens may be missing, and tokens that are gone may be listed. Run the command again when fewer changes are being made.");
                return pass.ToListingWith(seen.SelectMany(tokens => tokens));
            }

            if (!pass.IsConsistent)
            {
                log.Verbose("The list of API tokens changed while it was read. Reading it again.");
                await client.Clock.DelayAsync(TimeSpan.FromMilliseconds(50 * number), cancellationToken).ConfigureAwait(false);
            }

            seen.Add(pass.Tokens);
            previous = pass;
        }
    }

    private async Task<ListingPass> ReadAsync(PageReader reader, ListWindow window, CancellationToken cancellationToken)
    {
        TokenPage page = await reader.ReadAsync(window, window.FirstPage, cancellationToken).ConfigureAwait(false);
        if (page.Total is null && window.Offset > 0)
        {
            window = window with { FromStart = true };
            page = await reader.ReadAsync(window, window.FirstPage, cancellationToken).ConfigureAwait(false);
        }

        if (IsCapped(page, window))
        {
            // The service has a size of its own, and by that it numbers its pages: the first one alone is the same for both.
            bool isFirst = window.FirstPage == 1;
            window = window with { PageSize = page.Tokens.Count };
            page = isFirst && window.FirstPage == 1
                ? page
                : await reader.ReadAsync(window, window.FirstPage, cancellationToken).ConfigureAwait(false);
        }

        var pass = new ListingPass(window, page);
        int number = window.FirstPage;
        if (page.Total is long total && window.LastPage(total) > number)
        {
            if (window.ExpectedCount(total) > MaximumTokens)
            {
                throw new DcApiException(
                    ApiErrorKind.InvalidResponse,
                    $"{client.Place.Host} counts {total} API tokens, more than the {MaximumTokens} that are read at once. "
                    + "If that is true, read the list in parts.");
            }

            number = window.LastPage(total);
            bool ended = false;
            foreach (TokenPage next in await reader.ReadAsync(window, window.FirstPage + 1, number, cancellationToken).ConfigureAwait(false))
            {
                pass.Add(next);
                ended |= next.Tokens.Count == 0;
                page = next;
            }

            if (ended)
            {
                return pass;
            }
        }

        return await FollowAsync(reader, window, pass, page, number, cancellationToken).ConfigureAwait(false);
    }

    // What a service does that tells no total, or too small a one: it says that there is more, and is taken at its word
    // until a page brings nothing new.
    private async Task<ListingPass> FollowAsync(
        PageReader reader, ListWindow window, ListingPass pass, TokenPage page, int number, CancellationToken cancellationToken)
    {
        int left = pass.Total is null ? MaximumPagesWithoutTotal - 1 : Math.Max(1, MaximumUncountedTokens / window.PageSize);
        while (window.Offset + pass.Tokens.Count < window.End && AnnouncesMore(page, window))
        {
            if (left-- == 0 || number == int.MaxValue)
            {
                throw Contradiction($"after {number} pages it still announces more");
            }

            number++;
            page = await reader.ReadAsync(window, number, cancellationToken).ConfigureAwait(false);
            if (!pass.Add(page))
            {
                break;
            }
        }

        return pass;
    }

    // Without has_more only an empty page surely is the end; a total that the pages bear out is as good.
    private static bool AnnouncesMore(TokenPage page, ListWindow window) =>
        page.Tokens.Count > 0 && (page.HasMore ?? (page.Total is null || page.Tokens.Count >= window.PageSize));

    private static bool IsCapped(TokenPage page, ListWindow window)
    {
        int count = page.Tokens.Count;
        if (count == 0 || count >= window.PageSize)
        {
            return false;
        }

        if (page.Total is long total && count != Math.Min(window.PageSize, total - window.Offset))
        {
            return true;
        }

        // Without a total, or behind the start, where the numbers can agree by chance, the service must say that this is the end.
        return (page.Total is null || window.Offset > 0) && page.HasMore != false;
    }

    private DcApiException Contradiction(string how) => new(
        ApiErrorKind.InvalidResponse,
        $"The list of API tokens at {client.Place.Host} cannot be read completely, since the service contradicts itself: {how}.");
}
