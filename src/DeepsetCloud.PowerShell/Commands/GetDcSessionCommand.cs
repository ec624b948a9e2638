using System.Management.Automation;
using DeepsetCloud.Commands.Pipeline;

namespace DeepsetCloud.Commands;

/// <summary>Writes the default session of this runspace, or the sessions that are given; or the created tokens that they keep.</summary>
[Cmdlet(VerbsCommon.Get, "DcSession", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(DcSession), ParameterSetName = [SessionSet])]
[OutputType(typeof(CreatedApiToken), ParameterSetName = [RecoverTokenSet])]
public sealed class GetDcSessionCommand : DcCmdlet
{
    private const string SessionSet = "Session";
    private const string RecoverTokenSet = "RecoverToken";

    private PendingTokens? _recovered;

    /// <summary>The sessions to write, or to look into, instead of those of this runspace.</summary>
    [Parameter(ParameterSetName = SessionSet, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = RecoverTokenSet, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DcSession[]? Session { get; set; }

    /// <summary>Writes created tokens whose secrets may not have reached anybody, and takes them out of the sessions.</summary>
    [Parameter(ParameterSetName = RecoverTokenSet, Mandatory = true)]
    public SwitchParameter RecoverToken { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RecoverToken)
        {
            _recovered ??= new PendingTokens("Get-DcSession", Sessions.Keeping, Host);
            _recovered.Process(Recover);
        }
        else if (Session is not null)
        {
            WriteObject(Session, enumerateCollection: true);
        }
        else if (Sessions.Default is { } session)
        {
            WriteObject(session);
        }
        else
        {
            WriteVerbose("There is no default session in this runspace. Connect-DcSession makes one.");
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _recovered?.End();

    private protected override void AtPipelineEnd() => _recovered?.Settle(Stopping);

    private void Recover()
    {
        var found = (Session ?? Sessions.WithSecrets).SelectMany(session => session.Recoverable(Sessions.Keeping).Select(token => (session, token))).ToArray();
        if (found.Length == 0)
        {
            WriteVerbose("There is nothing to recover: no session keeps the secret of a created API token.");
        }

        foreach ((DcSession session, CreatedApiToken token) in found)
        {
            _recovered!.Add(session, token);
            _recovered.Write(() => WriteObject(token));
        }
    }
}
