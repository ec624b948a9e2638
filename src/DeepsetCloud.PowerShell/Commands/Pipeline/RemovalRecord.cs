using System.Collections.Concurrent;
using DeepsetCloud.Text;

namespace DeepsetCloud.Commands.Pipeline;

/// <summary>
/// What became of the tokens that a command removes: whatever ends it, what was removed is said, and so is what nobody knows. Safe
/// for parallel use.
/// </summary>
internal sealed class RemovalRecord
{
    // In the order in which they were begun. A removal that is under way when the command ends may or may not have been done.
    private readonly ConcurrentDictionary<long, ApiToken> _open = new();
    private long _begun;
    private int _removed;

    /// <summary>Notes a removal that is about to be sent.</summary>
    /// <returns>What it is known by here.</returns>
    public long Begin(ApiToken token)
    {
        long number = Interlocked.Increment(ref _begun);
        _open[number] = token;
        return number;
    }

    /// <summary>Notes that a token is gone.</summary>
    public void Removed(long number)
    {
        Interlocked.Increment(ref _removed);
        _open.TryRemove(number, out _);
    }

    /// <summary>Notes that a token is surely still there; one of which that is not known stays open.</summary>
    public void NotRemoved(long number) => _open.TryRemove(number, out _);

    /// <summary>How many tokens are gone; null for none.</summary>
    public string? SummaryOfRemoved => _removed switch
    {
        0 => null,
        1 => "1 API token was removed before.",
        _ => FormattableString.Invariant($"{_removed} API tokens were removed before."),
    };

    /// <summary>What a command that ends early has to say; null where it has not changed anything.</summary>
    public string? Summary()
    {
        ApiToken[] open = [.. _open.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        if (_removed == 0 && open.Length == 0)
        {
            return null;
        }

        string removed = SummaryOfRemoved ?? "No API token was removed for sure.";
        return open.Length == 0 ? removed : $"{removed} Whether these are gone is not known: {string.Join(", ", open.Select(Describe))}.";
    }

    private static string Describe(ApiToken token) => string.IsNullOrEmpty(token.Name)
        ? TextSanitizer.Clean(token.ApiTokenId)
        : $"'{TextSanitizer.Clean(token.Name!)}' ({TextSanitizer.Clean(token.ApiTokenId)})";
}
