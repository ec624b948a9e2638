using System.Diagnostics;

namespace DeepsetCloud.Benchmarks;

/// <summary>Runs contenders side by side, round by round, so that whatever disturbs the machine disturbs all of them.</summary>
internal static class Race
{
    /// <param name="rounds">How many rounds count; one more comes first, to warm up.</param>
    /// <param name="contenders">Each returns its time in milliseconds.</param>
    public static async Task<Series[]> RunAsync(int rounds, params Func<Task<double>>[] contenders)
    {
        var times = contenders.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                // Another one begins each round: no one always has the cold caches.
                int next = (i + round) % contenders.Length;
                double time = await contenders[next]();
                if (round > 0)
                {
                    times[next].Add(time);
                }
            }
        }

        return [.. times.Select(t => new Series(t))];
    }

    /// <summary>The time of one piece of work, in milliseconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        // What earlier work left behind is not this one's cost.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
