namespace DeepsetCloud.Api;

/// <summary>Reads the whole list, or a window of it, by page number: complete, in order, each token once.</summary>
internal sealed class TokenLister(TokenService service, IApiLog log)
{
    private const int MaximumPasses = 6;

    /// <summary>How many pages are read at once, once the first has told how many there are.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>How many pages beyond what is expected are followed while the service says that there are more.</summary>
    public int MaximumUnexpectedPages { get; init; } = 10_000;

    /// <summary>Lists.</summary>
    /// <exception cref="DcApiException">The service cannot be read, or contradicts itself.</exception>
    public async Task<TokenListing> ListAsync(ListWindow window, string? workspace, CancellationToken cancellationToken)
    {
        window = window.Fit();
        ListingPass? previous = null;
        var seen = new List<IReadOnlyList<ApiToken>>();
        for (int number = 1; ; number++)
        {
            ListingPass pass = await ReadAsync(window, workspace, cancellationToken).ConfigureAwait(false);
            if (pass.IsProven)
            {
                return pass.ToListing();
            }

            if (previous?.IsProvenBy(pass) == true)
            {
                return previous.ToListing();
            }

            if (previous is not null && !pass.IsConsistent && pass.IsSameAs(previous))
            {
                throw Contradiction($"it counts {pass.Total} tokens and sends {pass.Tokens.Count} different ones, twice the same");
            }

            if (number == MaximumPasses)
            {
                log.Warning(
                    $"The list of API tokens at {service.BaseAddress.Host} kept changing while it was read ({number} times). "
                    + "Tokens may be missing, and tokens that are gone may be listed. Run the command again when fewer changes are being made.");
                return pass.ToListingWith(seen.SelectMany(tokens => tokens));
            }

            if (!pass.IsConsistent)
            {
                log.Verbose("The list of API tokens changed while it was read. Reading it again.");
                await service.Clock.DelayAsync(TimeSpan.FromMilliseconds(50 * number), cancellationToken).ConfigureAwait(false);
            }

            seen.Add(pass.Tokens);
            previous = pass;
        }
    }

    private async Task<ListingPass> ReadAsync(ListWindow window, string? workspace, CancellationToken cancellationToken)
    {
        TokenPage page = await ReadPageAsync(window, workspace, window.FirstPage, cancellationToken).ConfigureAwait(false);
        var pass = new ListingPass(window, page);
        int number = window.FirstPage;
        if (page.Total is long total && window.LastPage(total) > number)
        {
            int last = window.LastPage(total);
            TokenPage[] pages = await ReadPagesAsync(window, workspace, number + 1, last, cancellationToken).ConfigureAwait(false);
            foreach (TokenPage next in pages)
            {
                pass.Add(next);
            }

            page = pages[pages.Length - 1];
            number = last;
        }

        return await FollowAsync(window, workspace, pass, page, number, cancellationToken).ConfigureAwait(false);
    }

    // What a service does that tells no total, or too small a one: it says that there is more, and is taken at its word
    // until a page brings nothing new.
    private async Task<ListingPass> FollowAsync(
        ListWindow window, string? workspace, ListingPass pass, TokenPage page, int number, CancellationToken cancellationToken)
    {
        int expected = number;
        while (window.Offset + pass.Tokens.Count < window.End && AnnouncesMore(page, window))
        {
            if (number - expected >= MaximumUnexpectedPages || number == int.MaxValue)
            {
                throw Contradiction($"after {number} pages it still announces more");
            }

            number++;
            page = await ReadPageAsync(window, workspace, number, cancellationToken).ConfigureAwait(false);
            if (!pass.Add(page))
            {
                break;
            }
        }

        return pass;
    }

    private static bool AnnouncesMore(TokenPage page, ListWindow window) =>
        page.Tokens.Count > 0 && (page.HasMore ?? (page.Total is null && page.Tokens.Count >= window.PageSize));

    private async Task<TokenPage[]> ReadPagesAsync(ListWindow window, string? workspace, int from, int to, CancellationToken cancellationToken)
    {
        var pages = new TokenPage[to - from + 1];
        int taken = -1;
        int done = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        async Task WorkAsync()
        {
            int index;
            while ((index = Interlocked.Increment(ref taken)) < pages.Length)
            {
                stop.Token.ThrowIfCancellationRequested();
                try
                {
                    pages[index] = await ReadPageAsync(window, workspace, from + index, stop.Token).ConfigureAwait(false);
                }
                catch (DcApiException)
                {
                    // One page that cannot be read makes the others useless.
                    stop.Cancel();
                    throw;
                }

                log.Progress("Reading API tokens", Interlocked.Increment(ref done) + from - 1, to);
            }
        }

        Task all = Task.WhenAll(Enumerable.Range(0, Math.Min(Parallelism, pages.Length)).Select(_ => WorkAsync()));
        try
        {
            await all.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (all.Exception?.InnerExceptions.OfType<DcApiException>().FirstOrDefault() is { } reason)
        {
            throw reason;
        }

        return pages;
    }

    private Task<TokenPage> ReadPageAsync(ListWindow window, string? workspace, int number, CancellationToken cancellationToken) =>
        service.ListPageAsync(
            new TokenQuery { Limit = window.PageSize, PageNumber = number, Workspace = workspace }, log, cancellationToken);

    private DcApiException Contradiction(string how) => new(
        ApiErrorKind.InvalidResponse,
        $"The list of API tokens at {service.BaseAddress.Host} cannot be read completely, since the service contradicts itself: {how}.");
}
