namespace DeepsetCloud.Emulator;

/// <summary>Leaves signals alone: a server inside somebody else's process must not listen to that process's Ctrl-C.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
