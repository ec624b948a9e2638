namespace DeepsetCloud.Emulator;

/// <summary>Counts TCP connections. Thread-safe.</summary>
public sealed class ConnectionLog
{
    private int _accepted;
    private int _open;

    internal ConnectionLog()
    {
    }

    /// <summary>Connections accepted since the start.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Waits until no connection is open; false if some still are after this time.</summary>
    public Task<bool> WaitForNoneAsync(TimeSpan timeout) => Polling.UntilAsync(() => Open == 0, timeout);

    internal void Enter()
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _open);
    }

    internal void Leave() => Interlocked.Decrement(ref _open);
}
