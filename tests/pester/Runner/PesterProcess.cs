using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeepsetCloud.Pester.Runner;

/// <summary>Invoke-Tests.ps1 in the pinned PowerShell.</summary>
internal static class PesterProcess
{
    private static readonly string[] ExecutionPolicy = OperatingSystem.IsWindows() ? ["-ExecutionPolicy", "Bypass"] : [];

    /// <summary>Runs all tests, and gives the results of each file as they come.</summary>
    /// <param name="listOnly">List the tests, run none.</param>
    /// <exception cref="PesterFailure">The run did not come to its end; the message has what was written.</exception>
    public static async IAsyncEnumerable<PesterResult> RunAsync(bool listOnly, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using Process process = Process.Start(Command(listOnly))!;
        using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var other = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith('{') && JsonSerializer.Deserialize<PesterResult>(line) is { } result)
            {
                yield return result;
            }
            else
            {
                other.AppendLine(line);
            }
        }

        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            string written = Regex.Replace($"{other}{await errors}", @"\x1b\[[0-9;]*m", "");
            throw new PesterFailure($"The Pester run ended with exit code {process.ExitCode}.\n{written}", "");
        }
    }

    private static ProcessStartInfo Command(bool listOnly)
    {
        string[] options =
        [
            Metadata("PowerShell"), "-NoLogo", "-NoProfile", "-NonInteractive", .. ExecutionPolicy,
            "-File", Path.Combine(Metadata("TestFolder"), "Invoke-Tests.ps1"),
            "-Package", Path.Combine(Metadata("PackageFolder"), "*.nupkg"),
            "-Emulator", Metadata("Emulator"),
            "-Pester", Metadata("Pester"),
            "-AsJson",
        ];
        return new ProcessStartInfo("dotnet", listOnly ? [.. options, "-ListOnly"] : options)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
    }

    private static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
