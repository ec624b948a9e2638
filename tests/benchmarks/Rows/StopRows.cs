using System.Diagnostics;
using System.Management.Automation;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>From Ctrl-C to the prompt, with requests in flight that nobody answers.</summary>
internal static class StopRows
{
    public static async Task<IEnumerable<Row>> RunAsync(int rounds)
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--tokens", "1000");
        using var engine = new Engine(emulator);
        engine.Run("$tokens = Get-DcApiToken");
        await emulator.LatencyAsync(60_000);
        var rows = new List<Row>();
        foreach (string script in new[] { "Get-DcApiToken", "$tokens | Remove-DcApiToken -ThrottleLimit 8" })
        {
            var times = new List<double>();
            for (int round = 0; round <= rounds; round++)
            {
                await emulator.ClearAsync();
                using PowerShell shell = engine.Begin(script);
                IAsyncResult running = shell.BeginInvoke();
                while (await emulator.RequestsAsync() == 0)
                {
                    await Task.Delay(5);
                }

                var watch = Stopwatch.StartNew();
                shell.Stop();
                running.AsyncWaitHandle.WaitOne();
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            var series = new Series(times.Skip(1));
            rows.Add(new Row($"Ctrl-C to prompt: {script}", $"{series}", "a person's patience", series.Median, -200, "ms"));
        }

        return rows;
    }
}
