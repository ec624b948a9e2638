namespace DeepsetCloud.Client;

/// <summary>Time and chance, so that tests need neither wait nor guess.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits; ends early, with an exception, when cancelled.</summary>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Cancels the source once the time has passed.</summary>
    void CancelAfter(CancellationTokenSource source, TimeSpan delay);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    double NextJitter();
}
