using System.Diagnostics;
using System.Reflection;

namespace DeepsetCloud.Quickstart;

/// <summary>The PowerShell that the repository pins, as a child that shares this console.</summary>
internal static class PinnedPowerShell
{
    private static readonly string Program = Metadata("PowerShell");

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="FileNotFoundException">It has not been restored; the message says what to do.</exception>
    public static async Task<int> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        if (!File.Exists(Program))
        {
            throw new FileNotFoundException($"PowerShell is missing: there is no {Program}. Restore it with: dotnet restore \"{Metadata("Project")}\"");
        }

        string[] policy = OperatingSystem.IsWindows() ? ["-ExecutionPolicy", "Bypass"] : [];
        var start = new ProcessStartInfo("dotnet", [Program, "-NoLogo", "-NoProfile", .. policy, .. arguments]);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        // In a file or a build log, colours are noise.
        if (Console.IsOutputRedirected)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        // The console sends Ctrl-C to both; what it means is for PowerShell to say.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
