namespace DeepsetCloud.Emulator;

/// <summary>Counts what runs at the same time. Guarded by the log's lock.</summary>
internal sealed class InFlight
{
    public int Now { get; private set; }

    public int Max { get; private set; }

    public long Total { get; private set; }

    public void Enter()
    {
        Total++;
        Max = Math.Max(Max, ++Now);
    }

    public void Leave() => Now--;

    public void Restart()
    {
        Max = Now;
        Total = 0;
    }
}
