namespace DeepsetCloud.Emulator;

/// <summary>The tokens that the emulated service holds. Thread-safe.</summary>
public sealed class TokenStore
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly EmulatorUser _defaultUser;
    private readonly Dictionary<string, StoredToken> _bySecretHash = [];
    private readonly Dictionary<string, CreationOrder> _byWorkspace = new(StringComparer.Ordinal);
    private CreationOrder _all = new();
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private int _totalCreated;

    internal TokenStore(EmulatorUser defaultUser, TimeProvider clock)
    {
        _defaultUser = defaultUser;
        _clock = clock;
    }

    /// <summary>Tokens held now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _all.Count;
            }
        }
    }

    /// <summary>Tokens ever created by a request or by <see cref="Create(NewToken, EmulatorUser?)"/>; seeded ones do not count.</summary>
    public int TotalCreated => Volatile.Read(ref _totalCreated);

    /// <summary>Creates a token, as a request would.</summary>
    public CreatedToken Create(NewToken? origin = null, EmulatorUser? user = null)
    {
        string secret = TokenSecret.Make();
        string hash = TokenSecret.Hash(secret);
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var token = new StoredToken(origin?.Id ?? Guid.NewGuid(), origin ?? new NewToken(), user ?? _defaultUser, Later(now), hash);
            Add(token);
            _bySecretHash.Add(hash, token);
            _totalCreated++;
            return new CreatedToken(token, secret);
        }
    }

    /// <summary>
    /// Adds many tokens at once, created since yesterday. Unless <paramref name="shape"/> says otherwise they are called
    /// <c>token-000000</c> and up, and of every four one never expires, one has expired and two expire next month.
    /// </summary>
    public void Seed(int count, Func<int, NewToken>? shape = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var random = new Random();
        Span<byte> id = stackalloc byte[16];
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            shape ??= SeedShapes.Default(now);

            // A day of tokens that ended an hour ago: none of them is just being created.
            var first = Later(now.AddHours(-25));
            long step = Math.Max(1, (now.AddHours(-1) - first).Ticks / (count + 1L));
            _all.EnsureCapacity(count);
            for (int i = 0; i < count; i++)
            {
                random.NextBytes(id);
                var at = Later(first.AddTicks(i * step));

                // Nobody ever learns a seeded token's secret, so there is nothing to hash.
                Add(new StoredToken(SeedShapes.Uuid(id), shape(i), _defaultUser, at, secretHash: null));
            }
        }
    }

    /// <summary>Removes a token; false if it is not there.</summary>
    public bool Remove(Guid id)
    {
        lock (_gate)
        {
            var token = _all.Remove(id);
            if (token?.SecretHash is { } hash)
            {
                _bySecretHash.Remove(hash);
            }

            if (token?.OnlyWorkspace is { } workspace)
            {
                _byWorkspace[workspace].Remove(id);
            }

            return token is not null;
        }
    }

    /// <summary>Removes a token by its id as text; false if it is not there.</summary>
    public bool Remove(string apiTokenId) => TokenId.TryParse(apiTokenId, out var id) && Remove(id);

    /// <summary>The token with this id, or null.</summary>
    public StoredToken? Find(string apiTokenId)
    {
        lock (_gate)
        {
            return TokenId.TryParse(apiTokenId, out var id) ? _all.Find(id) : null;
        }
    }

    /// <summary>Removes everything, as if nothing had ever been there.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _last = DateTimeOffset.MinValue;
            _all = new CreationOrder();
            _bySecretHash.Clear();
            _byWorkspace.Clear();
        }
    }

    /// <summary>All tokens now, oldest first.</summary>
    public IReadOnlyList<StoredToken> Snapshot()
    {
        lock (_gate)
        {
            return _all.ToArray();
        }
    }

    internal StoredToken? FindBySecret(string secret)
    {
        string hash = TokenSecret.Hash(secret);
        lock (_gate)
        {
            return _bySecretHash.GetValueOrDefault(hash);
        }
    }

    internal TokenSlice Page(string? workspace, ListOrder order, long offset, int limit)
    {
        lock (_gate)
        {
            var list = ListOf(workspace);
            return list.Slice(order, (int)Math.Min(offset, list.Count), limit, list.Count);
        }
    }

    /// <summary>The page next to a cursor, or null if a cursor names no entry of this list.</summary>
    internal TokenSlice? Around(string? workspace, ListOrder order, Guid? after, Guid? before, int limit)
    {
        lock (_gate)
        {
            var list = ListOf(workspace);
            int? low = after is { } a ? list.IndexOf(order, a) + 1 : 0;
            int? high = before is { } b ? list.IndexOf(order, b) : list.Count;
            if (low is not { } from || high is not { } to)
            {
                return null;
            }

            if (after is not null)
            {
                return list.Slice(order, from, limit, to);
            }

            int start = Math.Max(0, to - limit);
            return list.Slice(order, start, limit, to) with { HasMore = start > 0 };
        }
    }

    private CreationOrder ListOf(string? workspace) =>
        workspace is null ? _all : _byWorkspace.GetValueOrDefault(workspace) ?? new CreationOrder();

    private DateTimeOffset Later(DateTimeOffset wanted) => wanted > _last ? wanted : _last.AddTicks(1);

    private void Add(StoredToken token)
    {
        _last = token.CreatedAt;
        _all.Add(token);
        if (token.OnlyWorkspace is { } workspace)
        {
            if (!_byWorkspace.TryGetValue(workspace, out var list))
            {
                _byWorkspace.Add(workspace, list = new CreationOrder());
            }

            list.Add(token);
        }
    }
}
