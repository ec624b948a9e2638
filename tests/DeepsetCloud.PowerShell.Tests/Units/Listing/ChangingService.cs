using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.Tests.Units.Listing;

/// <summary>An emulator that plays a situation, and remembers every state that its list went through.</summary>
internal sealed class ChangingService : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly EmulatorServer _emulator;
    private readonly OffsetClock _clock;
    private readonly DcSession _session;
    private readonly List<HashSet<string>> _states = [];
    private int _requests;

    private ChangingService(EmulatorServer emulator, OffsetClock clock)
    {
        _emulator = emulator;
        _clock = clock;
        _session = TestSession.To(emulator);
    }

    /// <summary>Every set of tokens that the list was at some moment of the call, in order.</summary>
    public IReadOnlyList<HashSet<string>> States => _states;

    public long Requests => _emulator.Requests.Count;

    public EmulatorServer Emulator => _emulator;

    public static async Task<ChangingService> StartAsync()
    {
        var clock = new OffsetClock();
        return new ChangingService(await EmulatorServer.StartAsync(new EmulatorOptions { Clock = clock }), clock);
    }

    /// <summary>Sets the scene.</summary>
    public void Prepare(Situation situation)
    {
        _emulator.BeforeRequest = null;
        _emulator.Tokens.Clear();
        _emulator.Requests.Clear();
        _clock.Offset = TimeSpan.FromSeconds(situation.ClockOffset);
        _emulator.Options.ListOrder = situation.Order;
        _emulator.Options.Generation = situation.Generation;
        _emulator.Faults.Choose = _ => situation.TellsTotal ? null : new Fault { Kind = FaultKind.TotalAbsent };
        _emulator.Tokens.Seed(situation.Count);
        _requests = 0;
        _states.Clear();
        _states.Add(Ids());
        _emulator.BeforeRequest = _ => Change(situation.Changes);
    }

    public async Task<(TokenListing Listing, bool Warned)> ListAsync(Situation situation)
    {
        var log = new KeptLog();
        var lister = new TokenLister(_session.Service, log) { Parallelism = situation.Parallelism };
        TokenListing listing = await lister.ListAsync(ListWindow.All(situation.PageSize), null, CancellationToken.None);
        return (listing, log.Warnings.Count > 0);
    }

    public ValueTask DisposeAsync()
    {
        _session.Close();
        return _emulator.DisposeAsync();
    }

    private Task Change(Change[] changes)
    {
        lock (_gate)
        {
            int number = _requests++;
            if (number < changes.Length && !changes[number].IsNone)
            {
                changes[number].Apply(_emulator.Tokens);
                _states.Add(Ids());
            }
        }

        return Task.CompletedTask;
    }

    private HashSet<string> Ids() => [.. _emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];

    /// <summary>A clock that is off.</summary>
    private sealed class OffsetClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
