namespace DeepsetCloud.Client.Listing;

/// <summary>Reads pages of a window, one or many at once.</summary>
internal sealed class PageReader(DeepsetClient client, IClientLog log, string? workspace, int parallelism)
{
    public Task<TokenPage> ReadAsync(ListWindow window, int number, CancellationToken cancellationToken) =>
        client.ListPageAsync(
            new TokenQuery { Limit = window.PageSize, PageNumber = number, Workspace = workspace }, log, cancellationToken);

    /// <summary>Reads the pages with these numbers. An empty one ends it: what lies behind the end of the list is not asked for.</summary>
    /// <returns>The pages, in order.</returns>
    public async Task<IReadOnlyList<TokenPage>> ReadAsync(ListWindow window, int from, int to, CancellationToken cancellationToken)
    {
        var pages = new TokenPage?[to - from + 1];
        int taken = from - 1;
        int done = 0;
        int endSeen = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        async Task WorkAsync()
        {
            int number;
            while (Volatile.Read(ref endSeen) == 0 && (number = Interlocked.Increment(ref taken)) <= to)
            {
                stop.Token.ThrowIfCancellationRequested();
                TokenPage page;
                try
                {
                    page = await ReadAsync(window, number, stop.Token).ConfigureAwait(false);
                }
                catch
                {
                    // One page that cannot be read makes the others useless.
                    stop.Cancel();
                    throw;
                }

                pages[number - from] = page;
                if (page.Tokens.Count == 0)
                {
                    Volatile.Write(ref endSeen, 1);
                }

                log.Progress("Reading API tokens", Interlocked.Increment(ref done) + from - 1, to);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallelism, to - from + 1)).Select(_ => WorkAsync())).ConfigureAwait(false);
        return [.. pages.OfType<TokenPage>()];
    }
}
