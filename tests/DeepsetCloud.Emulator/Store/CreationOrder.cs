namespace DeepsetCloud.Emulator;

/// <summary>
/// Tokens in order of creation, addressable by rank. Removed ones leave empty slots; a binary indexed tree counts the living, so that a
/// rank is found in logarithmic time however many tokens went before it. Not thread-safe.
/// </summary>
internal sealed class CreationOrder
{
    private static readonly Comparer<StoredToken> ByIdComparer = Comparer<StoredToken>.Create((a, b) => a.Id.CompareTo(b.Id));
    private readonly List<StoredToken?> _slots = [];
    private readonly List<int> _tree = [0];
    private readonly Dictionary<Guid, int> _slotOf = [];
    private StoredToken[]? _byId;

    public int Count => _slotOf.Count;

    public void EnsureCapacity(int more)
    {
        _slots.EnsureCapacity(_slots.Count + more);
        _tree.EnsureCapacity(_tree.Count + more);
        _slotOf.EnsureCapacity(_slotOf.Count + more);
    }

    public void Add(StoredToken token)
    {
        _slotOf.Add(token.Id, _slots.Count);
        _slots.Add(token);
        int node = _slots.Count;
        int sum = 1;
        for (int step = 1; step < (node & -node); step <<= 1)
        {
            sum += _tree[node - step];
        }

        _tree.Add(sum);
        _byId = null;
    }

    public StoredToken? Find(Guid id) => _slotOf.TryGetValue(id, out int slot) ? _slots[slot] : null;

    public StoredToken? Remove(Guid id)
    {
        if (!_slotOf.Remove(id, out int slot))
        {
            return null;
        }

        var token = _slots[slot];
        _slots[slot] = null;
        for (int node = slot + 1; node < _tree.Count; node += node & -node)
        {
            _tree[node]--;
        }

        _byId = null;
        return token;
    }

    /// <summary>At most so many tokens from one index to before another.</summary>
    public TokenSlice Slice(ListOrder order, int from, int limit, int to)
    {
        var items = new StoredToken[Math.Clamp(to - from, 0, limit)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = At(order, from + i);
        }

        return new TokenSlice(items, HasMore: from + items.Length < to, Count);
    }

    /// <summary>The position of a token in the given order, or null if it is not here.</summary>
    public int? IndexOf(ListOrder order, Guid id)
    {
        if (!_slotOf.TryGetValue(id, out int slot))
        {
            return null;
        }

        return order switch
        {
            ListOrder.OldestFirst => RankOfSlot(slot),
            ListOrder.NewestFirst => Count - 1 - RankOfSlot(slot),
            _ => Array.BinarySearch(ById(), _slots[slot]!, ByIdComparer),
        };
    }

    public StoredToken[] ToArray() => [.. _slots.OfType<StoredToken>()];

    private StoredToken At(ListOrder order, int index) => order switch
    {
        ListOrder.OldestFirst => AtRank(index),
        ListOrder.NewestFirst => AtRank(Count - 1 - index),
        _ => ById()[index],
    };

    private StoredToken[] ById()
    {
        if (_byId is null)
        {
            _byId = ToArray();
            Array.Sort(_byId, ByIdComparer);
        }

        return _byId;
    }

    private StoredToken AtRank(int rank)
    {
        int node = 0;
        int remaining = rank + 1;
        for (int step = 1 << int.Log2(_slots.Count); step > 0; step >>= 1)
        {
            if (node + step < _tree.Count && _tree[node + step] < remaining)
            {
                node += step;
                remaining -= _tree[node];
            }
        }

        return _slots[node]!;
    }

    private int RankOfSlot(int slot)
    {
        int rank = 0;
        for (int node = slot; node > 0; node -= node & -node)
        {
            rank += _tree[node];
        }

        return rank;
    }
}
