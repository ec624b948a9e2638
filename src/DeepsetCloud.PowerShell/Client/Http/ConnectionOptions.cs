namespace DeepsetCloud.Client.Http;

/// <summary>How a session talks to the service.</summary>
internal sealed record ConnectionOptions
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(100);

    public const int DefaultMaximumRetryCount = 4;

    /// <summary>The bound on one answer, in bytes after decompression.</summary>
    public int MaximumResponseBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The time for one attempt, from connecting to the last byte.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How often a failed request is sent again.</summary>
    public int MaximumRetryCount { get; init; } = DefaultMaximumRetryCount;

    public IClock Clock { get; init; } = new SystemClock();
}
