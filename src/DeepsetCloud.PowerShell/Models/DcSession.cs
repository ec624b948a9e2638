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
    // So many tokens that were only displayed are kept: enough for a prompt, few enough not to hoard secrets.
    private const int MostShown = 32;

    // Oldest first; its own lock.
    private readonly List<HeldToken> _held = [];

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
    /// Hands out a created token whose secret may not have reached anybody, the newest first: since its command ended early, or since it was
    /// only displayed. Each is handed out once. <c>Get-DcSession -RecoverToken</c> does the same in every language mode.
    /// </summary>
    /// <returns>The token with its secret; null if there is none (any more).</returns>
    public CreatedApiToken? RecoverToken()
    {
        lock (_held)
        {
            HeldToken? newest = _held.FindLast(held => held.Holder is null);
            return newest is not null && _held.Remove(newest) ? newest.Token : null;
        }
    }

    /// <summary>Organization, user and host.</summary>
    /// <returns>A short text for messages.</returns>
    public override string ToString()
    {
        string who = string.Join(", ", new[] { Organization?.ToString(), User?.ToString() }.Where(text => !string.IsNullOrEmpty(text)));
        return who.Length == 0 ? BaseUri.Host : $"{who} at {BaseUri.Host}";
    }

    /// <summary>Whether it holds the secret of any created token, for whatever reason.</summary>
    internal bool HoldsTokens
    {
        get
        {
            lock (_held)
            {
                return _held.Count > 0;
            }
        }
    }

    /// <summary>How many tokens it keeps since their command ended early.</summary>
    internal int KeptCount
    {
        get
        {
            lock (_held)
            {
                return _held.Count(held => held.IsKept);
            }
        }
    }

    /// <summary>Holds a token until its command releases it or asks to keep it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="holder">The runspace in which the command runs: anything that is the same there and nowhere else.</param>
    internal void Hold(CreatedApiToken token, object holder)
    {
        lock (_held)
        {
            HeldToken held = FindOrAdd(token);
            (held.Holder, held.IsKept, held.IsShown) = (holder, false, false);
        }
    }

    /// <summary>Lets go of a token that has been delivered, unless it may only have been displayed.</summary>
    internal void Release(CreatedApiToken token)
    {
        lock (_held)
        {
            if (Find(token) is { Holder: not null } held)
            {
                held.Holder = null;
                RemoveWhatNobodyNeeds();
            }
        }
    }

    /// <summary>Keeps a token that may not have been delivered until somebody recovers it.</summary>
    /// <returns>Whether it is kept: not if it is held no more, since then somebody has recovered it already.</returns>
    internal bool Keep(CreatedApiToken token)
    {
        lock (_held)
        {
            if (Find(token) is not { } held)
            {
                return false;
            }

            (held.Holder, held.IsKept) = (null, true);
            return true;
        }
    }

    /// <summary>Keeps a token that is being displayed, with the newest others, until the session is closed.</summary>
    internal void KeepShown(CreatedApiToken token)
    {
        lock (_held)
        {
            if (IsConnected)
            {
                FindOrAdd(token).IsShown = true;
                RemoveWhatNobodyNeeds();
            }
        }
    }

    /// <summary>The tokens that can be recovered, the newest first.</summary>
    /// <param name="holder">The own runspace: what it holds for a command is not being delivered while it runs another one.</param>
    internal IReadOnlyList<CreatedApiToken> Recoverable(object holder)
    {
        lock (_held)
        {
            return [.. _held.Where(held => held.Holder is null || ReferenceEquals(held.Holder, holder)).Select(held => held.Token).Reverse()];
        }
    }

    /// <summary>Closes the connections and forgets the credential, and the tokens that were only displayed.</summary>
    internal void Close()
    {
        Service.Dispose();
        RecentTokens = null;
        lock (_held)
        {
            _held.ForEach(held => held.IsShown = false);
            RemoveWhatNobodyNeeds();
        }
    }

    private HeldToken? Find(CreatedApiToken token) => _held.Find(held => ReferenceEquals(held.Token, token));

    private HeldToken FindOrAdd(CreatedApiToken token)
    {
        if (Find(token) is { } known)
        {
            return known;
        }

        var held = new HeldToken(token);
        _held.Add(held);
        return held;
    }

    private void RemoveWhatNobodyNeeds()
    {
        _held.RemoveAll(held => held is { Holder: null, IsKept: false, IsShown: false });
        int surplus = _held.Count(held => held.IsOnlyShown) - MostShown;
        _held.RemoveAll(held => held.IsOnlyShown && surplus-- > 0);
    }

    private sealed class HeldToken(CreatedApiToken token)
    {
        public CreatedApiToken Token { get; } = token;

        /// <summary>Where a command is delivering it; null if none is.</summary>
        public object? Holder { get; set; }

        public bool IsKept { get; set; }

        public bool IsShown { get; set; }

        public bool IsOnlyShown => Holder is null && !IsKept && IsShown;
    }
}
