using System.Globalization;
using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>Commands on standard input, so that who started the emulator can steer it without a request.</summary>
internal static class CommandLoop
{
    /// <summary>Runs until the input ends.</summary>
    public static async Task RunAsync(EmulatorServer server, TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            await output.WriteLineAsync(Execute(server, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            await output.FlushAsync();
        }
    }

    private static string Execute(EmulatorServer server, string[] command)
    {
        switch (command)
        {
            case ["stats"]:
                return Statistics(server);
            case ["clear"]:
                server.Requests.Clear();
                return "ok";
            case ["seed", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count):
                server.Tokens.Clear();
                server.Tokens.Seed(count);
                return "ok";
            case ["latency", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds):
                server.Options.Latency = TimeSpan.FromMilliseconds(milliseconds);
                return "ok";
            default:
                return "error: commands are stats, clear, seed N, latency MS";
        }
    }

    private static string Statistics(EmulatorServer server) => JsonSerializer.Serialize(new Dictionary<string, long>
    {
        ["requests"] = server.Requests.Count,
        ["in_flight"] = server.Requests.InFlight,
        ["max_in_flight"] = server.Requests.MaxInFlight,
        ["connections"] = server.Connections.Accepted,
        ["open_connections"] = server.Connections.Open,
        ["tokens"] = server.Tokens.Count,
        ["created"] = server.Tokens.TotalCreated,
    });
}
