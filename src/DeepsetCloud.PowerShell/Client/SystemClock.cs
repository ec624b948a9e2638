namespace DeepsetCloud.Client;

/// <summary>The real time.</summary>
internal sealed class SystemClock : IClock
{
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);

    public void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);

    // A fresh source each time: this runs at most a few times per request, and a shared Random is not thread-safe.
    public double NextJitter() => new Random(Guid.NewGuid().GetHashCode()).NextDouble();
}
