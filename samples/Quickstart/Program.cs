using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using DeepsetCloud.Emulator;
using DeepsetCloud.Quickstart;
using DeepsetCloud.Quickstart.Hosting;

const string keyVariable = "DEEPSET_API_KEY";
const string addressVariable = "DEEPSET_API_URL";

Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{Arguments.Usage}");
    return 2;
}

string root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
string script = Path.GetFullPath(arguments.Script ?? Path.Combine(root, "samples", "quickstart.ps1"));
if (!File.Exists(script))
{
    await Console.Error.WriteLineAsync($"There is no script {script}.\n\n{Arguments.Usage}");
    return 2;
}

EmulatorServer? emulator = null;
if (arguments.BaseUri is null)
{
    emulator = await EmulatorServer.StartAsync();
    Environment.SetEnvironmentVariable(keyVariable, emulator.DefaultUser.Token);
    Environment.SetEnvironmentVariable(addressVariable, emulator.BaseAddress.ToString());
    Console.WriteLine($"The emulator of the service listens at {emulator.BaseAddress}");
}
else if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(keyVariable)))
{
    await Console.Error.WriteLineAsync($"Set the environment variable {keyVariable} to the token of a signed-in user first.");
    return 2;
}
else
{
    Environment.SetEnvironmentVariable(addressVariable, arguments.BaseUri);
}

await using (emulator)
{
    return RunScript(root, script, arguments.Rest);
}

static int RunScript(string root, string script, IReadOnlyList<string> rest)
{
    var host = new TextHost(new ConsoleUserInterface());
    var state = InitialSessionState.CreateDefault2();
    state.ImportPSModule(Path.Combine(root, "DeepsetCloud.psd1"));
    if (OperatingSystem.IsWindows())
    {
        state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
    }

    using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
    runspace.Open();
    using var shell = PowerShell.Create(runspace);
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        shell.Stop();
    };

    // The script's own command line: named parameters are passed on as they are written.
    string invocation = string.Join(' ', rest.Select(a => a.StartsWith('-') ? a : Quote(a)));
    shell.AddScript($"& {Quote(script)} {invocation}").AddCommand("Out-Default");
    shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
    try
    {
        shell.Invoke();
        return host.ExitCode ?? (shell.InvocationStateInfo.State == PSInvocationState.Completed ? 0 : 1);
    }
    catch (RuntimeException e)
    {
        using var display = PowerShell.Create(runspace);
        display.AddCommand("Out-Default").AddParameter("InputObject", e.ErrorRecord).Invoke();
        return 1;
    }
}

static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
