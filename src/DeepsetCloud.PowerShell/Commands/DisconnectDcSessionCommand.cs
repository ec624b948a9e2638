using System.Management.Automation;

namespace DeepsetCloud.Commands;

/// <summary>Closes a session: its connections end, and its credential is gone.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "DcSession")]
[OutputType(typeof(void))]
public sealed class DisconnectDcSessionCommand : DcCmdlet
{
    /// <summary>The sessions to close; without it, the default session of this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DcSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        DcSession[] sessions = Session ?? (Sessions.Default is { } session ? [session] : []);
        if (sessions.Length == 0)
        {
            WriteVerbose("There is no default session in this runspace: nothing to disconnect.");
        }

        foreach (DcSession open in sessions)
        {
            open.Close();
            Sessions.Forget(open);
            WriteVerbose($"Disconnected {open}.");
        }
    }
}
