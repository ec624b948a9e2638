namespace DeepsetCloud.Quickstart;

/// <summary>What to run, and against which service.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Usage: dotnet run --project samples/Quickstart [-- [-BaseUri <address>] [-Shell | <script.ps1> [<arguments of the script>]]]

          (nothing)            the tour in samples/quickstart.ps1
          <script.ps1> ...     a script of yours; all that follows is passed to it
          -Shell               a prompt, connected, with tokens of every kind to try things on
          -BaseUri <address>   the service to use instead of the built-in emulator; the environment variable
                               DEEPSET_API_KEY must hold the token of a signed-in user
          -Help, -h, -?        this text

        Everything runs in the PowerShell that this repository pins in .config/dotnet-tools.json.
        """;

    /// <summary>Show the usage, nothing else.</summary>
    public bool Help { get; private init; }

    /// <summary>Open a prompt.</summary>
    public bool Shell { get; private init; }

    /// <summary>The service; null for the built-in emulator.</summary>
    public string? BaseUri { get; private init; }

    /// <summary>The script; null for the tour.</summary>
    public string? Script { get; private init; }

    /// <summary>What the script gets.</summary>
    public IReadOnlyList<string> Rest { get; private init; } = [];

    /// <exception cref="ArgumentException">The command line is wrong; the message says how.</exception>
    public static Arguments Parse(string[] args)
    {
        var result = new Arguments();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i].ToUpperInvariant())
            {
                case "-HELP" or "--HELP" or "-H" or "-?":
                    return new Arguments { Help = true };
                case "-SHELL" or "--SHELL":
                    result = result with { Shell = true };
                    break;
                case "-BASEURI" or "--BASEURI":
                    string address = ++i < args.Length ? args[i] : throw new ArgumentException("-BaseUri needs the address of a service, such as https://api.cloud.deepset.ai.");
                    result = result with { BaseUri = address };
                    break;
                case var option when option.StartsWith('-'):
                    throw new ArgumentException($"There is no option '{args[i]}'. Options of a script come after the script.");
                case var _ when result.Shell:
                    throw new ArgumentException($"-Shell opens a prompt and runs no script, but '{args[i]}' was given.");
                default:
                    return result with { Script = args[i], Rest = args[(i + 1)..] };
            }
        }

        return result;
    }
}
