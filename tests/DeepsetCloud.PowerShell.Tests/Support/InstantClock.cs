using DeepsetCloud.Client;

namespace DeepsetCloud.Tests.Support;

/// <summary>The real time, except that no wait takes any.</summary>
internal sealed class InstantClock : IClock
{
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);

    public double NextJitter() => 0;
}
