using System.Collections.Concurrent;
using DeepsetCloud.Client;

namespace DeepsetCloud.Tests.Support;

/// <summary>Keeps what the work has to say.</summary>
internal sealed class KeptLog : IClientLog
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyCollection<string> Warnings => _warnings;

    public void Verbose(string message)
    {
    }

    public void Warning(string message) => _warnings.Enqueue(message);

    public void Progress(string activity, long done, long total)
    {
    }

    public void Waiting(string why, TimeSpan howLong)
    {
    }
}
