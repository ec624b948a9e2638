using System.Management.Automation;

namespace EmptyModule;

/// <summary>Does nothing: the module is there to be imported.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
}
