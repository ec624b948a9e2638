using DeepsetCloud.Client;

namespace DeepsetCloud.Tests.Support;

/// <summary>
/// Time that moves only when a test says so. Waits are recorded; they end at once, or with <see cref="HoldWaits"/> when the test lets
/// them go. Time-outs are the real ones, or with <see cref="HoldTimeouts"/> strike when the test says so.
/// </summary>
internal sealed class FakeClock : IClock
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly List<TaskCompletionSource> _held = [];
    private readonly List<(CancellationTokenSource Source, TimeSpan After)> _timeouts = [];
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The time; a wait that ends at once moves it on.</summary>
    public DateTimeOffset UtcNow
    {
        get => Read(() => _now);
        set => Read(() => _now = value);
    }

    /// <summary>The next jitter, from 0 up to, not including, 1.</summary>
    public double Jitter { get; set; } = 0.5;

    public bool HoldWaits { get; set; }

    public bool HoldTimeouts { get; set; }

    /// <summary>Every wait that was asked for, in seconds.</summary>
    public IReadOnlyList<double> Waits => Read(() => _waits.Select(wait => wait.TotalSeconds).ToList());

    /// <summary>How many waits are held back now.</summary>
    public int Waiting => Read(() => _held.Count(wait => !wait.Task.IsCompleted));

    /// <summary>Every time-out that was asked for, in seconds.</summary>
    public IReadOnlyList<double> Timeouts => Read(() => _timeouts.Select(timeout => timeout.After.TotalSeconds).ToList());

    /// <summary>Time-outs whose owner has not let go of them.</summary>
    public int TimeoutsLeft => Read(() => _timeouts.Count(timeout => !IsDisposed(timeout.Source)));

    public double NextJitter() => Jitter;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _waits.Add(delay);
            if (!HoldWaits)
            {
                _now += delay;
                return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
            }

            var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Add(held);
            CancellationTokenRegistration onCancel = cancellationToken.Register(() => held.TrySetCanceled(cancellationToken));
            held.Task.ContinueWith(_ => onCancel.Unregister(), TaskScheduler.Default);
            return held.Task;
        }
    }

    public void CancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        lock (_gate)
        {
            _timeouts.Add((source, delay));
        }

        if (delay == TimeSpan.Zero || !HoldTimeouts)
        {
            source.CancelAfter(delay);
        }
    }

    /// <summary>Ends every wait that is held back.</summary>
    public void LetGo() => Read(() => _held.ToList()).ForEach(wait => wait.TrySetResult());

    /// <summary>Lets every time-out that still runs strike.</summary>
    public void StrikeTimeouts()
    {
        foreach ((CancellationTokenSource source, _) in Read(() => _timeouts.ToList()))
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // Its attempt had ended before.
            }
        }
    }

    private static bool IsDisposed(CancellationTokenSource source)
    {
        try
        {
            _ = source.Token;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }
}
