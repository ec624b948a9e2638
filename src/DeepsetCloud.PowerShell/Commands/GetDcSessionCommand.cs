using System.Management.Automation;

namespace DeepsetCloud.Commands;

/// <summary>Writes the default session of this runspace, if there is one, or the sessions that are given.</summary>
[Cmdlet(VerbsCommon.Get, "DcSession")]
[OutputType(typeof(DcSession))]
public sealed class GetDcSessionCommand : DcCmdlet
{
    /// <summary>The sessions to write instead of the default one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DcSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Session is not null)
        {
            WriteObject(Session, enumerateCollection: true);
        }
        else if (Sessions.Visible is { } session)
        {
            WriteObject(session);
        }
        else
        {
            WriteVerbose("There is no default session in this runspace. Connect-DcSession makes one.");
        }
    }
}
