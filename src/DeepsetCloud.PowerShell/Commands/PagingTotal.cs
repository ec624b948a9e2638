using System.Management.Automation;

namespace DeepsetCloud.Commands;

/// <summary>The number that <c>-IncludeTotalCount</c> writes first, in the form that PowerShell's paging has for it.</summary>
internal static class PagingTotal
{
    /// <summary>A number with the member <c>Accuracy</c>, which PowerShell shows as "Total count: n".</summary>
    public static PSObject Exact(long total)
    {
        var number = new PSObject((ulong)total);
        number.Members.Add(new PSNoteProperty("Accuracy", 1.0));
        number.Members.Add(new PSScriptMethod("ToString", ScriptBlock.Create("\"Total count: $($this.PSObject.BaseObject)\"")));
        return number;
    }
}
