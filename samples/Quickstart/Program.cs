using System.Reflection;
using DeepsetCloud.Emulator;
using DeepsetCloud.Quickstart;

const string keyVariable = "DEEPSET_API_KEY";
const string addressVariable = "DEEPSET_API_URL";
const int wrongUsage = 2;

Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (ArgumentException e)
{
    return Refuse($"{e.Message}\n\n{Arguments.Usage}");
}

if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

string samples = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Samples").Value!;
string script = Path.GetFullPath(arguments.Script ?? Path.Combine(samples, arguments.Shell ? "playground.ps1" : "quickstart.ps1"));
if (!File.Exists(script))
{
    return Refuse($"There is no script {script}.\n\n{Arguments.Usage}");
}

var environment = new Dictionary<string, string>();
EmulatorServer? emulator = null;
if (arguments.BaseUri is null)
{
    emulator = await EmulatorServer.StartAsync();
    environment[keyVariable] = emulator.DefaultUser.Token;
    environment[addressVariable] = emulator.BaseAddress.ToString();
    if (arguments.Shell)
    {
        SampleTokens.Add(emulator);
    }
    else
    {
        Console.WriteLine($"The emulator of the service listens at {emulator.BaseAddress}");
    }
}
else if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(keyVariable)))
{
    return Refuse($"Set the environment variable {keyVariable} to the token of a signed-in user first.");
}
else
{
    environment[addressVariable] = arguments.BaseUri;
}

await using (emulator)
{
    try
    {
        // A script finds the module imported. At a prompt, the script that greets imports it: a session of one's own
        // configuration would have no PSReadLine.
        string[] host = arguments.Shell ? ["-NoExit"] : ["-ConfigurationFile", Path.Combine(samples, "Quickstart", "Session.pssc")];
        return await PinnedPowerShell.RunAsync([.. host, "-File", script, .. arguments.Rest], environment);
    }
    catch (FileNotFoundException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
}

static int Refuse(string message)
{
    Console.Error.WriteLine(message);
    return wrongUsage;
}
