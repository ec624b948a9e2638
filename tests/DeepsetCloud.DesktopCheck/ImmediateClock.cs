using DeepsetCloud.Client;

namespace DeepsetCloud.DesktopCheck;

/// <summary>A clock that only waits move: each is over at once. No time-out ever comes.</summary>
internal sealed class ImmediateClock : IClock
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public List<TimeSpan> Waits { get; } = [];

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (Waits)
            {
                return _now;
            }
        }
    }

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        lock (Waits)
        {
            Waits.Add(delay);
            _now += delay;
        }

        return Task.CompletedTask;
    }

    public void CancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
        {
            source.Cancel();
        }
    }

    public double NextJitter() => 0.5;
}
