using System.Management.Automation.Host;
using DeepsetCloud.Sessions;
using DeepsetCloud.Text;

namespace DeepsetCloud.Commands.Pipeline;

/// <summary>
/// Sees to it that no secret is lost with a command that ends early. PowerShell takes nothing more from it then, and gives
/// nothing of what it has written to a variable: <c>$created = … | New-DcApiToken</c> stays empty.
/// </summary>
/// <param name="session">Where secrets are kept.</param>
/// <param name="isGiven">Whether the user holds the session.</param>
/// <param name="sessions">Where to put it if nobody does.</param>
/// <param name="host">Who is told: a command that is being stopped can write no warning.</param>
internal sealed class SecretDelivery(DcSession session, bool isGiven, SessionStore sessions, PSHost? host)
{
    private readonly List<CreatedApiToken> _written = [];

    /// <summary>Remembers what was written, until the command has come to its end.</summary>
    public void Written(CreatedApiToken token) => _written.Add(token);

    /// <summary>Keeps everything in the session, and says so: the command ends early.</summary>
    /// <param name="last">What could not be written; null for nothing.</param>
    public void Keep(CreatedApiToken? last)
    {
        if (last is null && _written.Count == 0)
        {
            return;
        }

        foreach (CreatedApiToken token in _written.Concat(last is null ? [] : [last]))
        {
            session.KeepUndelivered(token);
        }

        string where = "TakeUndeliveredToken() of the session that was given with -Session";
        if (!isGiven)
        {
            // The session of the environment variable is nobody's variable: as the default one it can be had.
            sessions.Default ??= session;
            where = "(Get-DcSession).TakeUndeliveredToken()";
        }

        string first = last is null ? "" : $"The API token{Called(last.Name)} was created, but its command ended before it was delivered. ";
        string others = _written.Count == 0 ? ""
            : $"New-DcApiToken ended early, and what it had written before may not have been delivered ({string.Join(", ", _written.Select(token => TextSanitizer.Clean($"{token}")))}). ";
        host?.UI?.WriteWarningLine($"{first}{others}The secrets are kept in the session, to be taken one by one: {where}");
        _written.Clear();
    }

    /// <summary>A command that is being stopped can write no error any more; only the host can still be told.</summary>
    public void WarnOfUncertain(string? name) => host?.UI?.WriteWarningLine(
        $"New-DcApiToken was stopped before the service had answered. The API token{Called(name)} may exist; its secret is lost. "
        + "Look for it with Get-DcApiToken, and remove it if it is there.");

    private static string Called(string? name) => name is null ? "" : $" '{TextSanitizer.Clean(name)}'";
}
