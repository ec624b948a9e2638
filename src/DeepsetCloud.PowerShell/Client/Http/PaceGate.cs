using System.Diagnostics.CodeAnalysis;

namespace DeepsetCloud.Client.Http;

/// <summary>The one way out for all requests of a session: each waits for its turn. Safe for parallel use.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Who waits when a session is closed must still be let through; the semaphore holds nothing but memory.")]
internal sealed class PaceGate(IClock clock)
{
    /// <summary>How long nothing may get through before waiting ends.</summary>
    public static TimeSpan LongestStall { get; } = TimeSpan.FromMinutes(2);

    private readonly Pace _pace = new();
    private readonly object _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private DateTimeOffset? _stalledSince;
    private long _passed;

    /// <summary>How many requests have got through.</summary>
    public long PassedCount => Interlocked.Read(ref _passed);

    /// <summary>Whether everything has been turned away for so long that waiting makes no sense any more.</summary>
    public bool IsStalled
    {
        get
        {
            lock (_lock)
            {
                return Now() - _stalledSince >= LongestStall;
            }
        }
    }

    /// <summary>Waits until the next request may leave.</summary>
    /// <returns>The time at which it leaves, for <see cref="Passed"/> and <see cref="Refused"/>.</returns>
    public async Task<DateTimeOffset> EnterAsync(IClientLog log, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_pace.IsLimited)
            {
                return Start(Now());
            }
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                DateTimeOffset next;
                TimeSpan wait;
                lock (_lock)
                {
                    DateTimeOffset now = Now();
                    next = _pace.NextStart(now);
                    if (next <= now)
                    {
                        return Start(now);
                    }

                    wait = next - now;
                }

                log.Waiting("The service limits how many requests it takes", wait);
                await clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                lock (_lock)
                {
                    // A wait that is over has taken its time, whatever was done to the clock meanwhile.
                    _now = next > _now ? next : _now;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Notes that a request got through.</summary>
    public void Passed(DateTimeOffset startedAt)
    {
        Interlocked.Increment(ref _passed);
        lock (_lock)
        {
            _stalledSince = null;
            _pace.Passed(Now(), startedAt);
        }
    }

    /// <summary>Notes that a request was turned away.</summary>
    /// <returns>How long nothing leaves now.</returns>
    public TimeSpan Refused(DateTimeOffset startedAt, TimeSpan? asked)
    {
        double jitter = clock.NextJitter();
        lock (_lock)
        {
            DateTimeOffset now = Now();
            _stalledSince ??= now;
            _pace.Refused(now, startedAt, asked, jitter);
            return _pace.NextStart(now) - now;
        }
    }

    private DateTimeOffset Start(DateTimeOffset now)
    {
        _pace.Start(now);
        return now;
    }

    // Never back: a clock that is set while requests wait must not make them wait for ever.
    private DateTimeOffset Now()
    {
        DateTimeOffset now = clock.UtcNow;
        return _now = now > _now ? now : _now;
    }
}
