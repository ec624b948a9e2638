using System.Collections.Concurrent;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Client.Listing;

namespace DeepsetCloud;

/// <summary>
/// A connection to the service with a credential of its own. The credential is in no member, so that nothing that
/// shows or stores a session can show or store it.
/// </summary>
public sealed class DcSession
{
    private readonly ConcurrentQueue<CreatedApiToken> _undelivered = new();

    internal DcSession(DeepsetClient service, ConnectionOptions options)
    {
        Service = service;
        TimeoutSec = (int)options.Timeout.TotalSeconds;
        MaximumRetryCount = options.MaximumRetryCount;
        ConnectedAt = options.Clock.UtcNow;
    }

    /// <summary>The root of the service.</summary>
    public Uri BaseUri => Service.BaseAddress;

    /// <summary>Who is signed in; null where that was not verified.</summary>
    public DcUser? User { get; internal set; }

    /// <summary>The organization that the credential belongs to; null where that was not verified.</summary>
    public DcOrganization? Organization { get; internal set; }

    /// <summary>The time that one attempt of a request may take, in seconds.</summary>
    public int TimeoutSec { get; }

    /// <summary>How often a failed request is sent again.</summary>
    public int MaximumRetryCount { get; }

    /// <summary>The instant at which the session was made.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>Whether the session can be used: false after <c>Disconnect-DcSession</c>.</summary>
    public bool IsConnected => !Service.IsClosed;

    internal DeepsetClient Service { get; }

    internal RecentTokens? RecentTokens { get; set; }

    /// <summary>
    /// Hands out a token that was created and may not have reached anybody, since its command ended early. Each is handed
    /// out once.
    /// </summary>
    /// <returns>The token with its secret; null if there is none (any more).</returns>
    public CreatedApiToken? TakeUndeliveredToken() => _undelivered.TryDequeue(out CreatedApiToken? token) ? token : null;

    /// <summary>Organization, user and host.</summary>
    /// <returns>A short text for messages.</returns>
    public override string ToString()
    {
        string who = string.Join(", ", new[] { Organization?.ToString(), User?.ToString() }.Where(text => !string.IsNullOrEmpty(text)));
        return who.Length == 0 ? BaseUri.Host : $"{who} at {BaseUri.Host}";
    }

    internal int UndeliveredCount => _undelivered.Count;

    internal void KeepUndelivered(CreatedApiToken token) => _undelivered.Enqueue(token);

    /// <summary>Takes what another session still keeps, so that it can be had when that session cannot be found any more.</summary>
    internal void TakeUndeliveredOf(DcSession other)
    {
        while (other.TakeUndeliveredToken() is { } token)
        {
            KeepUndelivered(token);
        }
    }

    /// <summary>Closes the connections and forgets the credential.</summary>
    internal void Close()
    {
        Service.Dispose();
        RecentTokens = null;
    }
}
