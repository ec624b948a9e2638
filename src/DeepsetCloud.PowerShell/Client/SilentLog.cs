namespace DeepsetCloud.Client;

/// <summary>Says nothing: a command line that is being typed has no place for messages.</summary>
internal sealed class SilentLog : IClientLog
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
