using System.Runtime.InteropServices;

namespace DeepsetCloud.Emulator;

/// <summary>Runs the emulator by itself.</summary>
internal static class Program
{
    private const int UsageError = 2;

    private static async Task<int> Main(string[] args)
    {
        Arguments arguments;
        try
        {
            arguments = Arguments.Parse(args);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} --help lists the options.");
            return UsageError;
        }

        if (arguments.Help)
        {
            Console.WriteLine(Arguments.Usage);
            return 0;
        }

        try
        {
            await RunAsync(arguments);
            return 0;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task RunAsync(Arguments arguments)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var server = await EmulatorServer.StartAsync(arguments.Options);
        server.Tokens.Seed(arguments.Tokens);
        Schedule.Apply(arguments, server.Faults);

        Console.WriteLine($"Listening on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
        foreach (var user in server.Users)
        {
            Console.WriteLine($"Bearer token of {user.GivenName} {user.FamilyName} ({user.OrganizationName}): {user.Token}");
        }

        var waits = new List<Task> { end.Task };
        if (arguments.ExitWithStdin)
        {
            // Reading the console blocks, whatever its signature says.
            waits.Add(Task.Run(() => CommandLoop.RunAsync(server, Console.In, Console.Out)));
        }

        await await Task.WhenAny(waits);
    }
}
