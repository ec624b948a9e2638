using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;

namespace DeepsetCloud.Benchmarks;

/// <summary>The module in the real engine, connected to an emulator.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace _runspace;

    public Engine(EmulatorProcess emulator)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Paths.Manifest);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("uri", emulator.Address);
        _runspace.SessionStateProxy.SetVariable("key", new NetworkCredential("", emulator.Token).SecurePassword);
        Run("Connect-DcSession -ApiKey $key -BaseUri $uri");
    }

    /// <summary>Runs a script; any error ends the benchmark.</summary>
    public IReadOnlyList<PSObject> Run(string script)
    {
        using PowerShell shell = Begin(script);
        IReadOnlyList<PSObject> output = [.. shell.Invoke()];
        return shell.Streams.Error.Count == 0 && shell.Streams.Warning.Count == 0
            ? output
            : throw new InvalidOperationException(string.Join("; ", shell.Streams.Error.Cast<object>().Concat(shell.Streams.Warning)));
    }

    public PowerShell Begin(string script)
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        return shell.AddScript(script);
    }

    public void Dispose() => _runspace.Dispose();
}
