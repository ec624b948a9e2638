using System.Collections.Concurrent;
using System.Management.Automation.Host;
using DeepsetCloud.Sessions;
using DeepsetCloud.Text;

namespace DeepsetCloud.Commands.Pipeline;

/// <summary>
/// The tokens whose secrets a command hands over. Each is held in its session from the moment it exists, and released only when the command
/// has come to its end: a pipeline that ends in another way assigns nothing to <c>$created = … | New-DcApiToken</c>.
/// Only <see cref="Add"/> and <see cref="AddUncertain"/> may be called off the pipeline thread.
/// </summary>
/// <param name="command">The name of the command.</param>
/// <param name="sessions">Where this runspace looks for what is kept.</param>
/// <param name="host">Who is told: a command that is being ended can write no warning.</param>
internal sealed class PendingTokens(string command, KeepingSessions sessions, PSHost? host)
{
    private const int NamesShown = 10;

    private readonly ConcurrentQueue<Pending> _tokens = new();
    private readonly ConcurrentQueue<string?> _uncertain = new();
    private readonly UnwindingWatch _watch = new();
    private Pending? _last;
    private bool _hasEnded;
    private bool _isEnoughTaken;

    /// <summary>Holds a token in its session.</summary>
    public void Add(DcSession session, CreatedApiToken token)
    {
        session.Hold(token, sessions);
        sessions.Update(session);
        token.KeepShown = () =>
        {
            session.KeepShown(token);
            sessions.Update(session);
        };
        _tokens.Enqueue(_last = new Pending(session, token));
    }

    /// <summary>Notes that a token may exist whose secret is lost. It is said at the end, if no error says it before.</summary>
    public void AddUncertain(string? name) => _uncertain.Enqueue(name);

    /// <summary>An error says what is uncertain.</summary>
    public void ReportedUncertain()
    {
        while (_uncertain.TryDequeue(out _))
        {
        }
    }

    /// <summary>Does the work of one record, and notices if a command downstream wants no more.</summary>
    public void Process(Action work)
    {
        bool isDone = false;
        try
        {
            work();
            isDone = true;
        }
        finally
        {
            _isEnoughTaken = !isDone && _watch.IsEnoughTaken;
        }
    }

    /// <summary>Writes the token that was added last.</summary>
    public void Write(Action write)
    {
        Pending last = _last!;
        try
        {
            write();
            last.IsWritten = true;
        }
        finally
        {
            // Who has taken what he wants ends the write, too. Any other failure may be swallowed upstream, and the command goes on.
            last.IsWritten |= _watch.IsEnoughTaken;
        }
    }

    /// <summary>The command has come to its end.</summary>
    public void End() => _hasEnded = true;

    /// <summary>The pipeline has come to its end: keeps what may not have been delivered, and says so.</summary>
    /// <param name="isStopped">Whether it was stopped, as by Ctrl-C.</param>
    public void Settle(bool isStopped)
    {
        bool isDelivered = (_hasEnded || _isEnoughTaken) && !isStopped && !_watch.IsFailing;
        _watch.Stop();
        List<string> kept = [];
        foreach (Pending pending in _tokens)
        {
            if (isDelivered && pending.IsWritten)
            {
                pending.Session.Release(pending.Token);
            }
            else if (pending.Session.Keep(pending.Token))
            {
                kept.Add($"'{TextSanitizer.Clean($"{pending.Token}")}'");
            }

            sessions.Update(pending.Session);
        }

        TellKept(kept);
        foreach (string? name in _uncertain)
        {
            Tell(
                $"{command} was stopped before the service had responded. The API token{(name is null ? "" : $" '{TextSanitizer.Clean(name)}'")} may exist; its secret is lost. "
                + "Look for it with Get-DcApiToken, and remove it if it is there.");
        }
    }

    private void TellKept(List<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        string more = names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "";
        string which = string.Join(", ", names.Take(NamesShown)) + more;
        Tell(
            (names.Count == 1
                ? $"{command} ended early: the API token {which} was created, but may not have been delivered. Its secret is kept in the session. Get it with"
                : $"{command} ended early: the API tokens {which} were created, but may not have been delivered. Their secrets are kept in the session. Get them with")
            + " Get-DcSession -RecoverToken, in another runspace with -Session.");
    }

    // A host need not be able to show anything, and what cannot be told is kept all the same.
    private void Tell(string message)
    {
        try
        {
            host?.UI?.WriteWarningLine(message);
        }
        catch (Exception e) when (e is HostException or NotImplementedException or NotSupportedException or InvalidOperationException)
        {
        }
    }

    private sealed class Pending(DcSession session, CreatedApiToken token)
    {
        public DcSession Session { get; } = session;

        public CreatedApiToken Token { get; } = token;

        public bool IsWritten { get; set; }
    }
}
