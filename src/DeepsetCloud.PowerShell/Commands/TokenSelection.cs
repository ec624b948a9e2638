using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Listing;
using DeepsetCloud.Text;

namespace DeepsetCloud.Commands;

/// <summary>What a listing is to show: gathers the tokens of all sessions and says what was looked for in vain.</summary>
internal sealed class TokenSelection
{
    private readonly List<ApiToken> _tokens = [];
    private readonly HashSet<string>? _ids;
    private readonly string[] _names;
    private readonly WildcardPattern[] _patterns;
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private long _skip;
    private long _first;

    private TokenSelection(IReadOnlyCollection<string>? ids, string[]? names, ulong skip, ulong first)
    {
        _ids = ids is null ? null : new HashSet<string>(ids, StringComparer.Ordinal);
        _names = names ?? [];
        _patterns = [.. _names.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];
        _skip = (long)Math.Min(skip, long.MaxValue);
        _first = (long)Math.Min(first, long.MaxValue);
    }

    /// <summary>The tokens to write, in order.</summary>
    public IReadOnlyList<ApiToken> Tokens => _tokens;

    /// <summary>How many tokens there are in all, before Skip and First; null where a service does not tell.</summary>
    public long? Total { get; private set; } = 0;

    /// <summary>Whether a session could not be read, so that nothing can be said to be missing.</summary>
    public bool IsIncomplete { get; set; }

    private bool IsFiltered => _ids is not null || _patterns.Length > 0;

    public static TokenSelection ByIds(IReadOnlyCollection<string> ids) => new(ids, null, 0, ulong.MaxValue);

    public static TokenSelection ByNames(string[]? names, ulong skip, ulong first) => new(null, names, skip, first);

    /// <summary>Checks a pattern, which otherwise fails only at the first token that it meets.</summary>
    /// <exception cref="DcApiException">It is no pattern.</exception>
    public static void CheckName(string name)
    {
        try
        {
            new WildcardPattern(name).IsMatch("");
        }
        catch (WildcardPatternException e)
        {
            throw new DcApiException(
                ApiErrorKind.InvalidRequest,
                $"'{TextSanitizer.Clean(name)}' in -Name is not a valid pattern. Write `[ for a bracket that is part of the name.",
                e);
        }
    }

    /// <summary>What must be read of the next session; null for nothing.</summary>
    public ListWindow? Window(int pageSize, bool withTotal)
    {
        if (_first == 0)
        {
            // Of what is not read, nothing can be said to be missing.
            IsIncomplete |= !withTotal;
            return withTotal ? (IsFiltered ? ListWindow.All(pageSize) : new ListWindow(0, 1, 1)) : null;
        }

        return IsFiltered ? ListWindow.All(pageSize) : new ListWindow(_skip, _first, pageSize);
    }

    /// <summary>Takes in what was read.</summary>
    public void Add(TokenListing listing)
    {
        if (IsFiltered)
        {
            List<ApiToken> matching = [.. listing.Tokens.Where(IsWanted)];
            Total += matching.Count;
            long skipped = Math.Min(_skip, matching.Count);
            _skip -= skipped;
            Take(matching.Skip((int)skipped));
            return;
        }

        Total += listing.Total;
        _skip = Math.Max(0, _skip - (listing.Total ?? long.MaxValue));
        Take(listing.Tokens);
    }

    /// <summary>Every id and every name without a wildcard that was not found, with what to say about it.</summary>
    public IEnumerable<(string Wanted, string Message)> Missing
    {
        get
        {
            if (IsIncomplete)
            {
                return [];
            }

            return _ids is null
                ? _names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name) && !_found.Contains(name))
                    .Select(WildcardPattern.Unescape)
                    .Select(name => (name, $"There is no API token with the name '{TextSanitizer.Clean(name)}'."))
                : _ids.Where(id => !_found.Contains(id))
                    .Select(id => (id, $"There is no API token with the id '{TextSanitizer.Clean(id)}'."));
        }
    }

    private void Take(IEnumerable<ApiToken> tokens)
    {
        int before = _tokens.Count;
        _tokens.AddRange(_first == long.MaxValue ? tokens : tokens.Take((int)Math.Min(_first, int.MaxValue)));
        if (_first != long.MaxValue)
        {
            _first -= _tokens.Count - before;
        }
    }

    private bool IsWanted(ApiToken token)
    {
        if (_ids is not null)
        {
            return _ids.Contains(token.ApiTokenId) && (_found.Add(token.ApiTokenId) || true);
        }

        bool isWanted = false;
        for (int i = 0; i < _patterns.Length; i++)
        {
            if (_patterns[i].IsMatch(token.Name ?? ""))
            {
                isWanted = true;
                _found.Add(_names[i]);
            }
        }

        return isWanted;
    }
}
