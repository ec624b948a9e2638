namespace DeepsetCloud.Sessions;

/// <summary>The sessions of one runspace that hold secrets of created tokens: they must be found, though nobody else may remember them.</summary>
internal sealed class KeepingSessions
{
    private readonly List<DcSession> _sessions = [];

    /// <summary>Remembers a session that holds something, and forgets one that does not.</summary>
    public void Update(DcSession session)
    {
        lock (_sessions)
        {
            _sessions.Remove(session);
            if (session.HoldsTokens)
            {
                _sessions.Add(session);
            }
        }
    }

    /// <summary>All that hold something, as far as this runspace knows.</summary>
    public IReadOnlyList<DcSession> All
    {
        get
        {
            lock (_sessions)
            {
                return [.. _sessions];
            }
        }
    }
}
