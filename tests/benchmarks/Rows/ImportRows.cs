using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>
/// Importing the module, each time in a fresh process, against importing an empty one; and against an empty one whose manifest
/// makes PowerShell do what ours makes it do (metadata of the gallery, one view), which shows what the module itself adds.
/// </summary>
internal static class ImportRows
{
    /// <summary>The argument with which this program measures one import and prints it.</summary>
    public const string Argument = "--import";

    public static async Task<IEnumerable<Row>> RunAsync(int rounds)
    {
        IEnumerable<Row> inEngine = await RunAsync("Import-Module", rounds, manifest => InFreshProcessAsync("dotnet", typeof(ImportRows).Assembly.Location, Argument, manifest));
        return inEngine.Concat(await RunAsync("Import-Module, in pwsh", rounds, manifest => InFreshProcessAsync(Shell.Program, [.. Shell.Arguments, Script(manifest)])));
    }

    /// <summary>Measures in this process.</summary>
    public static double Measure(string manifest)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var warm = System.Management.Automation.PowerShell.Create(runspace);
        warm.AddScript("Import-Module Microsoft.PowerShell.Core -ErrorAction Ignore; Get-Module").Invoke();
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop");
        var watch = Stopwatch.StartNew();
        shell.Invoke();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<IEnumerable<Row>> RunAsync(string work, int rounds, Func<string, Task<double>> import)
    {
        Series[] series = await Race.RunAsync(
            rounds, () => import(Paths.Manifest), () => import(Paths.EmptyModule), () => import(Paths.EmptyModuleWithView));
        return
        [
            new Row(work, $"{series[0]}", $"an empty one-cmdlet module: {series[1]}", series[0].Median / series[1].Median, -1.2),
            new Row(work, $"{series[0]}", $"an empty one-cmdlet module with gallery metadata and a view: {series[2]}", series[0].Median / series[2].Median, -1.2),
        ];
    }

    private static string Script(string manifest) =>
        $"$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}' -ErrorAction Stop; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";

    private static async Task<double> InFreshProcessAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string time = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(time, CultureInfo.InvariantCulture);
    }
}
