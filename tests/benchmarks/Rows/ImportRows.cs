using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>Importing the module, against importing an empty one, each in a fresh process.</summary>
internal static class ImportRows
{
    /// <summary>The argument with which this program measures one import and prints it.</summary>
    public const string Argument = "--import";

    public static async Task<IEnumerable<Row>> RunAsync(int rounds)
    {
        Series[] series = await Race.RunAsync(rounds, () => InFreshProcessAsync(Paths.Manifest), () => InFreshProcessAsync(Paths.EmptyModule));
        return [new Row("Import-Module", $"{series[0]}", $"an empty one-cmdlet module: {series[1]}", series[0].Median / series[1].Median, -1.2)];
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

    private static async Task<double> InFreshProcessAsync(string manifest)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ImportRows).Assembly.Location, Argument, manifest]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string time = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(time, CultureInfo.InvariantCulture);
    }
}
