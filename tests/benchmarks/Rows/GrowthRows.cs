namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>How cost grows with the number of tokens, from 1,000 to 1,000,000.</summary>
internal static class GrowthRows
{
    private const int PageSize = 100;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static async Task<(IEnumerable<Row> Rows, IReadOnlyList<GrowthPoint> Points)> RunAsync()
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync();
        using var engine = new Engine(emulator);
        var points = new List<GrowthPoint>();
        foreach (int size in Sizes)
        {
            await emulator.SeedAsync(size);

            // The same number of tokens for each size, so that each has as much chance to be disturbed; at least once.
            int repeats = Math.Max(1, 100_000 / size);
            var perToken = new List<double>();
            engine.Run("$null = Get-DcApiToken");
            for (int round = 0; round < 3; round++)
            {
                double time = await Race.TimeAsync(() => Task.Run(() => engine.Run($"for ($i = 0; $i -lt {repeats}; $i++) {{ $null = Get-DcApiToken }}")));
                perToken.Add(time * 1000 / repeats / size);
            }

            await emulator.ClearAsync();
            points.Add(new GrowthPoint(size, new Series(perToken).Median, Held(engine, size)));
            Console.Error.WriteLine($"  {points[^1]}");
        }

        // Of the listing that was held last.
        (long, long)? requests = (await emulator.RequestsAsync(), Sizes[^1] / PageSize);

        // The worst of the larger sizes counts, not only the largest.
        GrowthPoint few = points[0];
        GrowthPoint slowest = points.Skip(1).MaxBy(p => p.MicrosecondsPerToken)!, heaviest = points.Skip(1).MaxBy(p => p.BytesPerToken)!;
        string work = $"growth from {Sizes[0]} to {Sizes[^1]} tokens, no latency";
        return (
            [
                new Row(
                    $"{work}: time per token",
                    FormattableString.Invariant($"at most {slowest.MicrosecondsPerToken:0.0} µs (at {slowest.Tokens})"),
                    FormattableString.Invariant($"at {few.Tokens}: {few.MicrosecondsPerToken:0.0} µs"),
                    slowest.MicrosecondsPerToken / few.MicrosecondsPerToken,
                    -1.2)
                {
                    Requests = requests,
                },
                new Row(
                    $"{work}: memory per held token",
                    FormattableString.Invariant($"at most {heaviest.BytesPerToken:0} bytes (at {heaviest.Tokens})"),
                    FormattableString.Invariant($"at {few.Tokens}: {few.BytesPerToken:0} bytes"),
                    heaviest.BytesPerToken / few.BytesPerToken,
                    -1.2),
            ],
            points);
    }

    private static double Held(Engine engine, int size)
    {
        engine.Run("$tokens = $null");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        engine.Run("$tokens = Get-DcApiToken; $null");
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        engine.Run("$tokens = $null");
        return (double)held / size;
    }
}
