using System.Globalization;

namespace DeepsetCloud.Emulator;

/// <summary>What the command line asks for.</summary>
internal sealed class Arguments
{
    public const string Usage = """
        The deepset Cloud token API, emulated on loopback.

          --port N            listen on this port (default 0: a free one)
          --tokens N          begin with N tokens (default 0)
          --latency MS        time every answer takes, in milliseconds
          --user-token T      accept this bearer token; repeat for more users
          --workspace NAME    one more workspace that exists
          --generation G      current (default) or classic
          --order O           newest (default), oldest or id
          --timestamps S      zulu (default), offset, sevendigits or mixed
          --cursors-in-order  before and after follow the order of the list
          --api-keys-manage   API keys may create and remove tokens
          --https             serve TLS with a self-signed certificate
          --http2             offer HTTP/2 (without --https: HTTP/2 only)
          --too-many-every N  answer every N-th request with 429
          --retry-after S     Retry-After of those, in seconds (default: none)
          --reset-every N     reset the connection of every N-th request, half of them after processing
          --exit-with-stdin   end when standard input closes; its lines are commands:
                              stats, clear (counters), seed N (instead of all tokens), latency MS
          --help              show this
        """;

    public EmulatorOptions Options { get; } = new() { RecordRequests = false };

    public int Tokens { get; private set; }

    public int TooManyEvery { get; private set; }

    public int? RetryAfter { get; private set; }

    public int ResetEvery { get; private set; }

    public bool ExitWithStdin { get; private set; }

    public bool Help { get; private set; }

    public static Arguments Parse(string[] args)
    {
        var result = new Arguments();
        var userTokens = new List<string>();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out string? option))
        {
            string Value() => rest.TryDequeue(out string? value) ? value : throw new UsageException($"{option} needs a value.");
            result.Apply(option, Value, userTokens);
        }

        for (int i = 0; i < userTokens.Count; i++)
        {
            if (i == 0)
            {
                result.Options.AcceptedUserToken = userTokens[i];
                continue;
            }

            result.Options.Users.Add(new EmulatorUser { Token = userTokens[i], OrganizationName = $"Organization {i + 1}" });
        }

        return result;
    }

    private void Apply(string option, Func<string> value, List<string> userTokens)
    {
        switch (option)
        {
            case "--port": Options.Port = Number(option, value(), ushort.MaxValue); break;
            case "--tokens": Tokens = Number(option, value()); break;
            case "--latency": Options.Latency = TimeSpan.FromMilliseconds(Number(option, value())); break;
            case "--user-token": userTokens.Add(value()); break;
            case "--workspace": Options.Workspaces.Add(value()); break;
            case "--generation": Options.Generation = Choice<ApiGeneration>(option, value(), g => $"{g}"); break;
            case "--order": Options.ListOrder = Choice<ListOrder>(option, value(), OrderName); break;
            case "--timestamps": Options.TimestampStyle = Choice<TimestampStyle>(option, value(), t => $"{t}"); break;
            case "--cursors-in-order": Options.OddCursorDirection = false; break;
            case "--api-keys-manage": Options.ApiKeysCanManageTokens = true; break;
            case "--https": Options.UseHttps = true; break;
            case "--http2": Options.UseHttp2 = true; break;
            case "--too-many-every": TooManyEvery = Number(option, value()); break;
            case "--retry-after": RetryAfter = Number(option, value()); break;
            case "--reset-every": ResetEvery = Number(option, value()); break;
            case "--exit-with-stdin": ExitWithStdin = true; break;
            case "--help": Help = true; break;
            default: throw new UsageException($"Unknown option '{option}'.");
        }
    }

    private static string OrderName(ListOrder order) => order switch
    {
        ListOrder.NewestFirst => "newest",
        ListOrder.OldestFirst => "oldest",
        _ => "id",
    };

    private static int Number(string option, string text, int max = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max
            ? number
            : throw new UsageException($"{option} needs a number from 0 to {max}, not '{text}'.");

    private static T Choice<T>(string option, string text, Func<T, string> name)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        foreach (var value in values)
        {
            if (name(value).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        string known = string.Join(", ", values.Select(v => name(v).ToLowerInvariant()));
        throw new UsageException($"{option} needs one of {known}, not '{text}'.");
    }
}
