using System.Diagnostics;
using System.Text;

namespace DeepsetCloud.Tests.Desktop;

/// <summary>
/// The module's Api in a process of its own: on .NET Framework itself where that is (Windows), under Mono elsewhere. The
/// module lies in a folder as it is installed, alone with its payload.
/// </summary>
public sealed class DesktopProcess : IAsyncDisposable
{
    private const string Facade = "lib/mono/4.5/Facades/netstandard.dll";
    private static readonly string? Mono = FindMono();

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"DeepsetCloud.Desktop.{Guid.NewGuid():N}");
    private Process? _process;

    private static string? Hindrance => OperatingSystem.IsWindows() || Mono is not null
        ? null
        : "Mono is not installed here (Debian and Ubuntu: package mono-devel), so the Api is not run on .NET Framework's likeness.";

    internal string PayloadFolder => Path.Combine(_folder, "desktop");

    /// <summary>Starts what the process talks to, or skips the test where there can be no such process.</summary>
    internal static Task<EmulatorServer> StartEmulatorAsync(EmulatorOptions? options = null)
    {
        Assert.SkipWhen(Hindrance is not null, Hindrance ?? "");
        return EmulatorServer.StartAsync(options);
    }

    /// <summary>Gives a command and waits for the fields of its answer.</summary>
    internal async Task<string[]> AskAsync(params string[] command)
    {
        await SendAsync(command);
        return await AnswerAsync();
    }

    internal async Task SendAsync(params string[] command)
    {
        _process ??= Start();
        await _process.StandardInput.WriteLineAsync(string.Join('\t', command));
        await _process.StandardInput.FlushAsync();
    }

    internal async Task<string[]> AnswerAsync()
    {
        string? line = await Eventually.DoneAsync(_process!.StandardOutput.ReadLineAsync());
        return line?.Split('\t') ?? throw new InvalidOperationException("The program has ended: " + await _process.StandardError.ReadToEndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }

            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Process Start()
    {
        Directory.CreateDirectory(PayloadFolder);
        string module = Path.Combine(_folder, Path.GetFileName(ModuleUnderTest.UntouchedAssembly));
        File.Copy(ModuleUnderTest.UntouchedAssembly, module);
        foreach (string file in ModuleUnderTest.DesktopPayload)
        {
            File.Copy(file, Path.Combine(PayloadFolder, Path.GetFileName(file)));
        }

        string[] arguments = Mono is null ? [module] : [ModuleUnderTest.DesktopCheck, module];
        var start = new ProcessStartInfo(Mono ?? ModuleUnderTest.DesktopCheck, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };

        // What is asked for on loopback must not go to a proxy.
        foreach (string name in start.Environment.Keys.Where(k => k.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }

    // A bare runtime without the facade of .NET Standard runs no .NET Standard library at all.
    private static string? FindMono() => OperatingSystem.IsWindows()
        ? null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/Library/Frameworks/Mono.framework/Versions/Current/bin")
            .Where(folder => File.Exists(Path.Combine(folder, "mono")) && File.Exists(Path.Combine(folder, "..", Facade)))
            .Select(folder => Path.Combine(folder, "mono"))
            .FirstOrDefault();
}
