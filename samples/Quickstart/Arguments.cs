namespace DeepsetCloud.Quickstart;

/// <summary>What to run, and against which service.</summary>
/// <param name="Script">The script; null for the quickstart.</param>
/// <param name="BaseUri">The service; null for the built-in emulator.</param>
/// <param name="Rest">What the script gets.</param>
internal sealed record Arguments(string? Script, string? BaseUri, IReadOnlyList<string> Rest)
{
    public const string Usage = """
        Usage: dotnet run --project samples/Quickstart [-- [-BaseUri <address>] [script.ps1 [arguments of the script]]]
        Without a script, samples/quickstart.ps1 runs. Without -BaseUri, it runs on the built-in emulator of the service;
        with it, set the environment variable DEEPSET_API_KEY to the token of a signed-in user.
        """;

    /// <exception cref="ArgumentException">The command line is wrong; the message says how.</exception>
    public static Arguments Parse(string[] args)
    {
        string? baseUri = null;
        int i = 0;
        for (; i < args.Length && args[i].StartsWith('-'); i++)
        {
            if (!args[i].TrimStart('-').Equals("BaseUri", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"The option '{args[i]}' is not known.");
            }

            baseUri = ++i < args.Length ? args[i] : throw new ArgumentException("-BaseUri needs the address of a service behind it.");
        }

        return i < args.Length ? new Arguments(args[i], baseUri, args[(i + 1)..]) : new Arguments(null, baseUri, []);
    }
}
