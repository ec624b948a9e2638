using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.Loader;

namespace DeepsetCloud.Tests.Support;

/// <summary>
/// Select-Object, Import-Csv, ConvertTo-Json and the like: the real ones, from the pinned PowerShell. As entries of a session
/// state they cost a new shell nothing; importing their modules would double the time that it takes to open.
/// </summary>
internal static class EverydayCommands
{
    private static readonly string Folder = Path.GetDirectoryName(ModuleUnderTest.PowerShell)!;

    static EverydayCommands()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => Load(context, $"{name.Name}.dll");
        All = [.. Of("Microsoft.PowerShell.Commands.Utility.dll"), .. Of("Microsoft.PowerShell.Commands.Management.dll")];
    }

    public static IReadOnlyList<SessionStateCommandEntry> All { get; }

    private static IEnumerable<SessionStateCommandEntry> Of(string file) =>
        from type in Load(AssemblyLoadContext.Default, file)!.GetExportedTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null && !type.IsAbstract
        select new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null);

    private static Assembly? Load(AssemblyLoadContext context, string file)
    {
        string path = Path.Combine(Folder, file);
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
