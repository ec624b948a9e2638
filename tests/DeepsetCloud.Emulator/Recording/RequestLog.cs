namespace DeepsetCloud.Emulator;

/// <summary>
/// The requests the emulator has read, and how many ran at once. A request is in flight from its arrival until just before its answer is
/// written, so that a client which reads an answer and then asks again never counts twice. Thread-safe.
/// </summary>
public sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly EmulatorOptions _options;
    private readonly Queue<RecordedRequest> _requests = new();
    private readonly InFlight _all = new();
    private readonly Dictionary<string, InFlight> _byMethod = new(StringComparer.Ordinal);
    private long _sequence;

    internal RequestLog(EmulatorOptions options) => _options = options;

    /// <summary>Requests received since the start or the last <see cref="Clear"/>, kept or not.</summary>
    public long Count => Read(_all, c => c.Total);

    /// <summary>Requests being handled now.</summary>
    public int InFlight => Read(_all, c => c.Now);

    /// <summary>The most requests handled at the same time.</summary>
    public int MaxInFlight => Read(_all, c => c.Max);

    /// <summary>The latest request, or null.</summary>
    public RecordedRequest? Last
    {
        get
        {
            lock (_gate)
            {
                return _requests.LastOrDefault();
            }
        }
    }

    /// <summary>How many requests had this method.</summary>
    public long CountOf(string method) => ReadOf(method, c => c.Total);

    /// <summary>Requests of this method being handled now.</summary>
    public int InFlightOf(string method) => ReadOf(method, c => c.Now);

    /// <summary>The most requests of this method handled at the same time.</summary>
    public int MaxInFlightOf(string method) => ReadOf(method, c => c.Max);

    /// <summary>The requests kept, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    /// <summary>The kept requests of one method and, if given, of paths that start so.</summary>
    public IReadOnlyList<RecordedRequest> Of(string method, string pathPrefix = "") =>
        Where(r => r.Method == method && r.Path.StartsWith(pathPrefix, StringComparison.Ordinal));

    /// <summary>The kept requests that match.</summary>
    public IReadOnlyList<RecordedRequest> Where(Func<RecordedRequest, bool> predicate) => [.. Snapshot().Where(predicate)];

    /// <summary>Forgets all requests and restarts the counters; what is in flight stays counted.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _all.Restart();
            foreach (var counter in _byMethod.Values)
            {
                counter.Restart();
            }
        }
    }

    /// <summary>Waits until this many requests have arrived; false if they did not in time.</summary>
    public Task<bool> WaitForCountAsync(long count, TimeSpan timeout) => Polling.UntilAsync(() => Count >= count, timeout);

    /// <summary>Waits until no request is in flight; false if some still are after this time.</summary>
    public Task<bool> WaitForIdleAsync(TimeSpan timeout) => Polling.UntilAsync(() => InFlight == 0, timeout);

    internal void Begin(RecordedRequest request)
    {
        lock (_gate)
        {
            request.Sequence = ++_sequence;
            _all.Enter();
            CounterOf(request.Method).Enter();
            if (!_options.RecordRequests)
            {
                return;
            }

            _requests.Enqueue(request);
            while (_requests.Count > _options.MaxRecordedRequests)
            {
                _requests.Dequeue();
            }
        }
    }

    /// <summary>Takes the request out of flight, just before its answer goes out.</summary>
    internal void Answer(RecordedRequest request, int status)
    {
        lock (_gate)
        {
            Leave(request);
            request.Status = status;
        }
    }

    /// <summary>Notes that the request got no whole answer.</summary>
    internal void Abort(RecordedRequest request)
    {
        lock (_gate)
        {
            Leave(request);
            request.IsAborted = true;
        }
    }

    private void Leave(RecordedRequest request)
    {
        if (request.Status is null && !request.IsAborted)
        {
            _all.Leave();
            CounterOf(request.Method).Leave();
        }
    }

    private T Read<T>(InFlight counter, Func<InFlight, T> value)
    {
        lock (_gate)
        {
            return value(counter);
        }
    }

    private T ReadOf<T>(string method, Func<InFlight, T> value)
    {
        lock (_gate)
        {
            return value(CounterOf(method));
        }
    }

    private InFlight CounterOf(string method)
    {
        if (!_byMethod.TryGetValue(method, out var counter))
        {
            _byMethod.Add(method, counter = new InFlight());
        }

        return counter;
    }
}
