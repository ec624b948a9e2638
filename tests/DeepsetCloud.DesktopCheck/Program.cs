using System.Reflection;
using System.Text;

namespace DeepsetCloud.DesktopCheck;

/// <summary>
/// Reads commands, one a line, fields separated by tabs, and answers each with one line. A command that waits can be ended
/// with the line "cancel".
/// </summary>
internal static class Program
{
    private static readonly Dictionary<string, string> Assemblies = [];

    // Not the console's own: on Windows their encoding is whatever the machine is set to.
    private static readonly TextReader Input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
    private static readonly TextWriter Output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true });
    private static CancellationTokenSource _stop = new();

    private static async Task<int> Main(string[] args)
    {
        if (args.Length != 1)
        {
            Console.Error.WriteLine("Give the path of DeepsetCloud.PowerShell.dll.");
            return 2;
        }

        // As PowerShell loads it: by its path.
        Assemblies["DeepsetCloud.PowerShell"] = args[0];
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
            Assemblies.TryGetValue(new AssemblyName(request.Name).Name, out string file) ? Assembly.LoadFrom(file) : null;

        Task running = Task.CompletedTask;
        while (await Input.ReadLineAsync() is string line)
        {
            if (line == "cancel")
            {
                _stop.Cancel();
                continue;
            }

            await running;
            _stop = new CancellationTokenSource();
            running = Task.Run(() => AnswerAsync(line.Split('\t'), _stop.Token));
        }

        await running;
        return 0;
    }

    private static async Task AnswerAsync(string[] command, CancellationToken stop)
    {
        string answer;
        try
        {
            answer = await RunAsync(command, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            answer = "canceled";
        }
        catch (Exception e)
        {
            answer = "unexpected\t" + e;
        }

        Output.WriteLine(answer.Replace("\r", "").Replace("\n", " | "));
    }

    // Each in a method, or class, of its own: what it needs is loaded when it runs, and not before.
    private static Task<string> RunAsync(string[] command, CancellationToken stop)
    {
        switch (command[0])
        {
            case "loaded":
                return Task.FromResult(LoadedAssemblies.Describe());
            case "demand":
                return Task.FromResult(LoadedAssemblies.Demand());
            case "register":
                return Task.FromResult(ModuleImport.Register());
            case "import":
                Assemblies["System.Management.Automation"] = Path.Combine(AppDomain.CurrentDomain.BaseDirectory, "engine", "System.Management.Automation.dll");
                return Task.FromResult(ModuleImport.Import());
            case "remove-module":
                return Task.FromResult(ModuleImport.Remove());
            default:
                return ApiOperations.RunAsync(command, stop);
        }
    }
}
