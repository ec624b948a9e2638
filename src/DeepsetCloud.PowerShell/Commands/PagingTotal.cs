using System.Management.Automation;

namespace DeepsetCloud.Commands;

/// <summary>The number that <c>-IncludeTotalCount</c> writes first, in the form that PowerShell's paging has for it.</summary>
internal static class PagingTotal
{
    /// <summary>A number with the member <c>Accuracy</c>, which PowerShell shows as "Total count: n" or "Unknown total count".</summary>
    public static PSObject Of(long? total)
    {
        var number = new PSObject((ulong)(total ?? 0));
        number.Members.Add(new PSNoteProperty("Accuracy", total is null ? 0.0 : 1.0));
        string text = total is null ? "'Unknown total count'" : "\"Total count: $($this.PSObject.BaseObject)\"";
        number.Members.Add(new PSScriptMethod("ToString", ScriptBlock.Create(text)));
        return number;
    }
}
