namespace DeepsetCloud.Tests.Support;

/// <summary>A place at which a script stands still until it is stopped: <c>$gate.Enter(); while ($true) { $gate.Wait() }</c>.</summary>
public sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _never = new();

    /// <summary>Ends when a script stands here.</summary>
    public Task Entered => _entered.Task;

    /// <summary>What a script calls to stand still; PowerShell ends its loop at a stop.</summary>
    public const string Stand = "$gate.Enter(); while ($true) { $gate.Wait() }";

    public void Enter() => _entered.TrySetResult();

    public void Wait() => _never.Wait(TimeSpan.FromMilliseconds(5));

    public void Dispose() => _never.Dispose();
}
