using System.Diagnostics;
using System.Text.Json;

namespace DeepsetCloud.Benchmarks;

/// <summary>The emulator in a process of its own, so that it takes no time from the client's.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, Uri address, string token) => (_process, Address, Token) = (process, address, token);

    public Uri Address { get; }

    public string Token { get; }

    public static async Task<EmulatorProcess> StartAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [Paths.Emulator, "--exit-with-stdin", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string? address = null, token = null;
        while (address is null || token is null)
        {
            string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator did not start.");
            address ??= After(line, "Listening on ");
            token ??= line.StartsWith("Bearer token of", StringComparison.Ordinal) ? After(line, "): ") : null;
        }

        return new EmulatorProcess(process, new Uri(address), token);
    }

    public Task SeedAsync(int count) => SendAsync($"seed {count}");

    public Task LatencyAsync(int milliseconds) => SendAsync($"latency {milliseconds}");

    /// <summary>The requests since the last <see cref="ClearAsync"/>.</summary>
    public async Task<long> RequestsAsync() => await ReadAsync("requests");

    public async Task<long> MaximumInFlightAsync() => await ReadAsync("max_in_flight");

    public async Task<long> TokensAsync() => await ReadAsync("tokens");

    public Task ClearAsync() => SendAsync("clear");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? After(string line, string mark)
    {
        int at = line.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : line[(at + mark.Length)..].Trim();
    }

    private async Task<long> ReadAsync(string counter) =>
        JsonDocument.Parse(await SendAsync("stats")).RootElement.GetProperty(counter).GetInt64();

    private async Task<string> SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        string answer = await _process.StandardOutput.ReadLineAsync() ?? "";
        return answer.StartsWith("error", StringComparison.Ordinal) ? throw new InvalidOperationException(answer) : answer;
    }
}
