using DeepsetCloud.Client;

namespace DeepsetCloud.DesktopCheck;

/// <summary>A clock by which every wait is over at once, and no time-out ever comes.</summary>
internal sealed class ImmediateClock : IClock
{
    public List<TimeSpan> Waits { get; } = [];

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        lock (Waits)
        {
            Waits.Add(delay);
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
