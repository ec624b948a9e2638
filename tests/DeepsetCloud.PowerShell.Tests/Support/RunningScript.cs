using System.Management.Automation;

namespace DeepsetCloud.Tests.Support;

/// <summary>A script under way.</summary>
internal sealed class RunningScript : IDisposable
{
    private readonly PowerShell _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _running;

    public RunningScript(PowerShell shell)
    {
        _shell = shell;
        _running = shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    public bool IsStopped => _shell.InvocationStateInfo.State == PSInvocationState.Stopped;

    /// <summary>What Ctrl-C does.</summary>
    public void Stop() => _shell.Stop();

    /// <summary>Waits for the end and collects what was written.</summary>
    public ShellResult End() => Shell.Collect(_shell, () =>
    {
        _shell.EndInvoke(_running);
        return _output;
    });

    /// <summary>What came out so far.</summary>
    public IReadOnlyList<PSObject> Output => [.. _output];

    public void Dispose() => _shell.Dispose();
}
