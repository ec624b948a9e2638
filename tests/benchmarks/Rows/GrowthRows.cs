namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>How cost grows with the number of tokens, from 1,000 to 1,000,000.</summary>
internal static class GrowthRows
{
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

            points.Add(new GrowthPoint(size, new Series(perToken).Median, Held(engine, size)));
            Console.Error.WriteLine($"  {points[^1]}");
        }

        // The start of a command weighs on the smallest size; growth is what comes after it.
        GrowthPoint few = points[1], most = points[^1];
        return (
            [
                new Row(
                    $"growth from {few.Tokens} to {most.Tokens} tokens, time per token",
                    FormattableString.Invariant($"{most.MicrosecondsPerToken:0.0} µs"),
                    FormattableString.Invariant($"at {few.Tokens}: {few.MicrosecondsPerToken:0.0} µs"),
                    most.MicrosecondsPerToken / few.MicrosecondsPerToken,
                    -1.2),
                new Row(
                    $"growth from {few.Tokens} to {most.Tokens} tokens, memory per held token",
                    FormattableString.Invariant($"{most.BytesPerToken:0} bytes"),
                    FormattableString.Invariant($"at {few.Tokens}: {few.BytesPerToken:0} bytes"),
                    most.BytesPerToken / few.BytesPerToken,
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
