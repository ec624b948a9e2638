using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace DeepsetCloud.Tests.Support;

/// <summary>A runspace of the real engine with the module imported the way users import it.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;

    public Shell()
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(EverydayCommands.All);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        ShellResult imported = Run($"Import-Module '{ModuleUnderTest.Manifest}'");
        imported.EnsureNoErrors();
    }

    /// <summary>A shell with a default session at an emulator.</summary>
    public Shell(EmulatorServer emulator, string connectArguments = "-SkipVerification", string? token = null)
        : this()
    {
        Set("baseUri", emulator.BaseAddress.ToString());
        Set("key", Secure(token ?? emulator.DefaultUser.Token));
        Run($"Connect-DcSession -ApiKey $key -BaseUri $baseUri {connectArguments}").EnsureNoErrors();
    }

    public RecordingHost Host { get; } = new();

    public Runspace Runspace => _runspace;

    public static SecureString Secure(string text) => new System.Net.NetworkCredential("", text).SecurePassword;

    public void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    public object? Get(string name) => _runspace.SessionStateProxy.GetVariable(name) is PSObject wrapped ? wrapped.BaseObject : _runspace.SessionStateProxy.GetVariable(name);

    /// <summary>Runs a script and collects everything it writes.</summary>
    public ShellResult Run(string script)
    {
        using PowerShell shell = Create(script);
        return Collect(shell, () => shell.Invoke());
    }

    /// <summary>Runs a script as a person sees it: formatted, on the host.</summary>
    public string Show(string script)
    {
        int before = Host.Shown.Length;
        using PowerShell shell = Create(script);
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Invoke();
        return Host.Shown[before..];
    }

    /// <summary>Starts a script that a test stops, or otherwise steers, while it runs.</summary>
    public RunningScript Begin(string script) => new(Create(script));

    public void Dispose() => _runspace.Dispose();

    internal static ShellResult Collect(PowerShell shell, Func<IEnumerable<PSObject>> invoke)
    {
        IReadOnlyList<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            output = [.. invoke()];
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new ShellResult(output, shell.Streams, terminating);
    }

    private PowerShell Create(string script)
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        return shell;
    }
}
