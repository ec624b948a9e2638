namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>Removing 1,000 tokens at 20 ms per answer, and 10,000 from a service in trouble.</summary>
internal static class RemovalRows
{
    private const int Tokens = 1_000;

    public static async Task<IEnumerable<Row>> RunAsync(int rounds)
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--latency", "20");
        using var engine = new Engine(emulator);
        using HttpClient client = ListingRows.Client(emulator);
        string[] ids = [];
        long mostRequests = 0;

        async Task<double> RemoveAsync(Func<Task> remove, bool isModule)
        {
            await emulator.SeedAsync(Tokens);
            ids = [.. engine.Run("($tokens = Get-DcApiToken).ApiTokenId").Select(id => id.ToString())];
            await emulator.ClearAsync();
            double time = await Race.TimeAsync(remove);
            mostRequests = isModule ? Math.Max(mostRequests, await emulator.RequestsAsync()) : mostRequests;
            return await emulator.TokensAsync() == 0 ? time : throw new InvalidOperationException("Tokens are left.");
        }

        Func<Task> Module(string parameters) => () => Task.Run(() => engine.Run($"$tokens | Remove-DcApiToken {parameters}"));
        Series[] series = await Race.RunAsync(
            rounds,
            () => RemoveAsync(Module(""), isModule: true),
            () => RemoveAsync(Module("-ThrottleLimit 32"), isModule: true),
            () => RemoveAsync(async () =>
            {
                foreach (string id in ids)
                {
                    (await client.DeleteAsync("api/v1/token/" + id)).EnsureSuccessStatusCode().Dispose();
                }
            }, isModule: false));
        string work = $"remove {Tokens} tokens, 20 ms per answer";
        string comparison = $"HttpClient, one at a time: {series[2]}";
        return
        [
            new Row(work, $"{series[0]}", comparison, series[2].Median / series[0].Median, 4.5) { Requests = (mostRequests, Tokens) },
            new Row(work + ", -ThrottleLimit 32", $"{series[1]}", comparison, series[2].Median / series[1].Median, 20) { Requests = (mostRequests, Tokens) },
        ];
    }

    /// <summary>One response in five hundred is a 429, one connection in a hundred is reset.</summary>
    public static async Task<IEnumerable<Row>> RunInTroubleAsync()
    {
        const int many = 10_000;
        const int throttle = 64;
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync(
            "--tokens", $"{many}", "--latency", "5", "--too-many-every", "500", "--retry-after", "0", "--reset-every", "100");
        using var engine = new Engine(emulator);
        engine.Run("$tokens = Get-DcApiToken");
        await emulator.ClearAsync();
        long before = Environment.WorkingSet;
        long peak = before;
        using var watcher = new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 20);
        double time = await Race.TimeAsync(() => Task.Run(() => engine.Run($"$tokens | Remove-DcApiToken -ThrottleLimit {throttle}")));
        long left = await emulator.TokensAsync();
        long inFlight = await emulator.MaximumInFlightAsync();
        string measured = FormattableString.Invariant($"{time / 1000:0.0} s, {left} left, {(peak - before) / 1048576.0:0} MB more working set");
        string work = $"remove {many} tokens, -ThrottleLimit {throttle}; 1 in 500 responses is 429, 1 in 100 connections is reset";
        return
        [
            new Row(work, measured, "the limit of requests in flight", inFlight, -throttle, "in flight"),
            new Row(work, measured, "working set before", (double)peak / before, -1.5),
        ];
    }
}
