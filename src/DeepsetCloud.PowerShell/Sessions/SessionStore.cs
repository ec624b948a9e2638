using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Module;

namespace DeepsetCloud.Sessions;

/// <summary>
/// The sessions of one runspace. They live in variables of that runspace, not in this process: jobs that share a
/// process never meet, and a runspace that is reset for its next user forgets them.
/// </summary>
internal sealed class SessionStore(SessionState state)
{
    private const string DefaultName = "global:__DeepsetCloudDefaultSession";
    private const string EnvironmentName = "global:__DeepsetCloudEnvironmentSession";
    private const string KeepingName = "global:__DeepsetCloudKeepingSessions";

    /// <summary>What Connect-DcSession made the default; null if nothing, or if it was disconnected.</summary>
    public DcSession? Default
    {
        get => Get(DefaultName) is DcSession { IsConnected: true } session ? session : null;
        set
        {
            if (Get(DefaultName) is DcSession former)
            {
                // Another runspace may have left something in it.
                Keeping.Update(former);
            }

            Set(DefaultName, value);
        }
    }

    /// <summary>Every session that this runspace keeps open: the default one, and the one that commands made from the environment.</summary>
    public IReadOnlyList<DcSession> Open =>
        [.. new[] { Default, MadeFromEnvironment?.Session }.OfType<DcSession>().Where(session => session.IsConnected).Distinct()];

    /// <summary>The sessions that hold secrets of created tokens, as far as only this runspace remembers them.</summary>
    public KeepingSessions Keeping
    {
        get
        {
            if (Get(KeepingName) is not KeepingSessions keeping)
            {
                Set(KeepingName, keeping = new KeepingSessions());
            }

            return keeping;
        }
    }

    /// <summary>The sessions in which to look for secrets: these, and those in use, since another runspace may have left something there.</summary>
    public IReadOnlyList<DcSession> WithSecrets => [.. Keeping.All.Concat(Open).Distinct()];

    private EnvironmentSession? MadeFromEnvironment => Get(EnvironmentName) as EnvironmentSession;

    /// <summary>Finds the session for a command.</summary>
    /// <param name="given">The session that the user named, if any.</param>
    /// <param name="log">Where to tell which one it is.</param>
    /// <exception cref="DcApiException">There is none, or it has been disconnected.</exception>
    public DcSession Resolve(DcSession? given, IClientLog log)
    {
        if (given is not null)
        {
            return given.IsConnected ? given : throw Required($"The session for {given.BaseUri.Host} has been disconnected.");
        }

        if (Default is { } session)
        {
            return session;
        }

        if (SessionFactory.KeyFromEnvironment is string key)
        {
            log.Verbose($"Using the API key in the environment variable {SessionFactory.KeyVariable}, since there is no session.");
            return FromEnvironment(key);
        }

        throw Required($"There is no session, and the environment variable {SessionFactory.KeyVariable} is not set.");
    }

    /// <summary>Forgets a session that has been closed, but for the secrets that it keeps.</summary>
    public void Forget(DcSession session)
    {
        Keeping.Update(session);
        if (ReferenceEquals(Get(DefaultName), session))
        {
            Set(DefaultName, null);
        }

        if (ReferenceEquals(MadeFromEnvironment?.Session, session))
        {
            Set(EnvironmentName, null);
        }
    }

    // Kept, so that a pipeline of several commands uses one set of connections.
    private DcSession FromEnvironment(string key)
    {
        var token = new BearerToken(key, "$env:" + SessionFactory.KeyVariable);
        Uri address = SessionFactory.Locate(null, null, allowUnencrypted: false);
        if (MadeFromEnvironment is { Session.IsConnected: true } kept && kept.Session.BaseUri == address && kept.Token.Matches(token))
        {
            token.Dispose();
            return kept.Session;
        }

        DcSession session = SessionFactory.Create(address, token, new ConnectionOptions());
        Set(EnvironmentName, new EnvironmentSession(session, token));
        return session;
    }

    private static DcApiException Required(string message) => new(ApiErrorKind.SessionRequired, message);

    private object? Get(string name) => state.PSVariable.GetValue(name).Unwrap();

    private void Set(string name, object? value)
    {
        state.PSVariable.Set(name, value);

        // Private: whoever lists variables at a prompt does not meet it.
        state.PSVariable.Get(name).Visibility = SessionStateEntryVisibility.Private;
    }

    private sealed class EnvironmentSession(DcSession session, BearerToken token)
    {
        public DcSession Session { get; } = session;

        public BearerToken Token { get; } = token;
    }
}
