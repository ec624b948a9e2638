using System.Management.Automation;

namespace DeepsetCloud.Commands;

/// <summary>Closes a session: its connections end, and its credential is gone.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "DcSession")]
[OutputType(typeof(void))]
public sealed class DisconnectDcSessionCommand : DcCmdlet
{
    /// <summary>The sessions to close; without it, those that this runspace keeps open.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DcSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<DcSession> sessions = Session ?? Sessions.Open;
        if (sessions.Count == 0)
        {
            WriteVerbose("There is no session in this runspace: nothing to disconnect.");
        }

        foreach (DcSession open in sessions)
        {
            open.Close();
            Sessions.Forget(open);
            WriteVerbose($"Disconnected {open}.");
            if (open.KeptCount > 0)
            {
                WriteWarning(
                    $"The session that was closed still keeps the secrets of created API tokens ({open.KeptCount}) that may not have been delivered. "
                    + "Get them with Get-DcSession -RecoverToken, in another runspace with -Session.");
            }
        }
    }
}
