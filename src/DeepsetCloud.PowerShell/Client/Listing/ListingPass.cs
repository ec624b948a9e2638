namespace DeepsetCloud.Client.Listing;

/// <summary>What one reading of all pages saw, and how far it can be trusted.</summary>
internal sealed class ListingPass
{
    // The clock that stamps the answers and the one that stamps the tokens need not be the same.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<ApiToken> _tokens = [];
    private readonly ListWindow _window;
    private readonly TokenPage _first;
    private TokenPage _last;
    private int _pages;
    private bool _idCameTwice;
    private bool _totalChanged;

    public ListingPass(ListWindow window, TokenPage first)
    {
        _window = window;
        _first = first;
        _last = first;
        Add(first);
    }

    public IReadOnlyList<ApiToken> Tokens => _tokens;

    /// <summary>The number of tokens when the first page was read; null where the service does not say.</summary>
    public long? Total => _first.Total;

    /// <summary>Takes a page in.</summary>
    /// <returns>Whether it brought anything new.</returns>
    public bool Add(TokenPage page)
    {
        int before = _tokens.Count;
        _pages++;
        _last = page;
        _totalChanged |= page.Total != _first.Total;
        foreach (ApiToken token in page.Tokens)
        {
            if (_ids.Add(token.ApiTokenId))
            {
                _tokens.Add(token);
            }
            else
            {
                _idCameTwice = true;
            }
        }

        return _tokens.Count > before;
    }

    /// <summary>Whether nothing in the pages contradicts a list that stood still.</summary>
    public bool IsConsistent =>
        !_idCameTwice && !_totalChanged && !EndIsUnknown && (Total is not long total || _tokens.Count == _window.ExpectedCount(total));

    /// <summary>
    /// Whether a second such reading shows that the service contradicts itself, rather than that its list moves: it gave
    /// the same number throughout, and that number or the tokens are wrong.
    /// </summary>
    public bool IsContradictedBy(ListingPass other) =>
        !IsConsistent && !other.IsConsistent && !_totalChanged && !other._totalChanged && IsSameAs(other);

    /// <summary>
    /// Whether the reading is exact beyond doubt. One page is read at one instant. Several pages are exact if no token
    /// among them is younger than the first answer: then all of them were in the list at that instant, they are as many
    /// as the list then held, and so they are the list. A removal and a creation between two pages leave
    /// <c>total</c> as it was and can hide a token; only this tells.
    /// </summary>
    public bool IsProven =>
        IsConsistent && (_pages == 1 || IsPartOfTheList || (Total is not null && NothingIsYoungerThan(_first.ServedAt)));

    /// <summary>
    /// Whether a later reading proves this one: what was read before it began and was met again afterwards was in the
    /// list when it began; if that is as many as the list then held, it is the list.
    /// </summary>
    public bool IsProvenBy(ListingPass later) => later.Total is long total
        ? _tokens.Count == total && _ids.IsSubsetOf(later._ids)
        : IsConsistent && later.IsConsistent && IsSameAs(later);

    /// <summary>The wanted part.</summary>
    public TokenListing ToListing() => Cut(_tokens);

    /// <summary>The wanted part, with what earlier readings saw and this one did not at its end.</summary>
    public TokenListing ToListingWith(IEnumerable<ApiToken> seenEarlier)
    {
        var all = new List<ApiToken>(_tokens);
        var ids = new HashSet<string>(_ids, StringComparer.Ordinal);
        all.AddRange(seenEarlier.Where(token => ids.Add(token.ApiTokenId)));
        return Cut(all);
    }

    // No total, and more announced where nothing came: this may or may not have been all.
    private bool EndIsUnknown => Total is null && _last.Tokens.Count == 0 && _last.HasMore == true;

    // First and Skip ask for positions, and positions move with the list: there is nothing to prove.
    private bool IsPartOfTheList => _window.Offset > 0 || _window.End < Total;

    private bool IsSameAs(ListingPass other) =>
        Total == other.Total && _tokens.Select(t => t.ApiTokenId).SequenceEqual(other._tokens.Select(t => t.ApiTokenId), StringComparer.Ordinal);

    private TokenListing Cut(List<ApiToken> tokens)
    {
        int skip = (int)Math.Min(_window.Skip - _window.Offset, tokens.Count);
        int count = (int)Math.Min(_window.First, tokens.Count - skip);
        return new TokenListing(
            skip == 0 && count == tokens.Count ? tokens : tokens.GetRange(skip, count),
            IsPartOfTheList ? Total : Total is null && tokens.Count >= _window.End ? null : tokens.Count);
    }

    private bool NothingIsYoungerThan(DateTimeOffset? instant)
    {
        foreach (ApiToken token in _tokens)
        {
            if (!(instant - token.CreatedAt > ClockTolerance))
            {
                return false;
            }
        }

        return true;
    }
}
