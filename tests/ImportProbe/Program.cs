using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using DeepsetCloud.ImportProbe;

// Imports a module in a fresh process and tells what that did: counts and names, no times.
if (args.Length is not (1 or 2))
{
    await Console.Error.WriteLineAsync("Usage: DeepsetCloud.ImportProbe <manifest of a module> [script to run afterwards]");
    return 2;
}

using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();

// What the first command of a runspace costs is not the module's.
using (var first = PowerShell.Create(runspace))
{
    first.AddScript("Get-Module; Get-Command Import-Module").Invoke();
}

string manifest = args[0];
string folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
var loaded = new List<string>();
AppDomain.CurrentDomain.AssemblyLoad += (_, e) => loaded.Add(e.LoadedAssembly.GetName().Name!);
using var compiled = new CompiledMethods("DeepsetCloud.");
using FileOpens? opens = OperatingSystem.IsLinux() ? new FileOpens(folder) : null;

using var shell = PowerShell.Create(runspace);
shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru").AddParameter("ErrorAction", "Stop");
int modules = shell.Invoke<PSModuleInfo>().Count;

DateTime imported = DateTime.UtcNow;
string[] assemblies = [.. loaded];
string[]? files = OperatingSystem.IsLinux() ? opens?.Take() : null;

// The proof that the probe hears: a first use compiles something.
if (args.Length == 2)
{
    using var use = PowerShell.Create(runspace);
    use.AddScript(args[1]).Invoke();
}

ILookup<bool, string> methods = (await compiled.TakeAsync()).ToLookup(m => m.At <= imported, m => m.Name);
Console.WriteLine(JsonSerializer.Serialize(new { modules, assemblies, files, compiled = methods[true], later = methods[false] }));
return 0;
