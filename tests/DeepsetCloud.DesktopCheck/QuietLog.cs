using DeepsetCloud.Client;

namespace DeepsetCloud.DesktopCheck;

/// <summary>Nobody listens.</summary>
internal sealed class QuietLog : IClientLog
{
    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Progress(string activity, long done, long total)
    {
    }

    public void Waiting(string why, TimeSpan howLong)
    {
    }
}
