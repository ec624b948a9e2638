using System.Diagnostics;

namespace DeepsetCloud.Emulator;

/// <summary>Waits for something that happens on the server's side.</summary>
internal static class Polling
{
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan timeout)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > timeout)
            {
                return false;
            }

            await Task.Delay(5);
        }

        return true;
    }
}
