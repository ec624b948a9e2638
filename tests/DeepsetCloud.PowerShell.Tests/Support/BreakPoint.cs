namespace DeepsetCloud.Tests.Support;

/// <summary>A point at which a call can break, by name, so that the tables of the tests can be read.</summary>
internal sealed class BreakPoint : IDisposable
{
    // No resolver looks for a label of more than 63 characters: the answer is no, whatever the network is like.
    private static readonly Uri UnknownName = new($"http://{new string('x', 64)}.invalid/");

    private readonly ClosedPort _closed = new();
    private readonly string _name;
    private Fault? _fault;

    public BreakPoint(string name) => _name = name;

    public EmulatorOptions Options => new()
    {
        UseHttps = _name == "untrusted certificate",
        Generation = _name == "response of JSON cut off" ? ApiGeneration.Classic : ApiGeneration.Current,
    };

    /// <summary>Where the session leads instead of to the emulator.</summary>
    public Uri? Address => _name switch
    {
        "connection refused" => _closed.Address,
        "name not found" => UnknownName,
        _ => null,
    };

    public bool Hangs => _name.StartsWith("hang", StringComparison.Ordinal);

    /// <summary>How often it has struck.</summary>
    public int Applied => _fault?.Applied ?? 0;

    /// <summary>Sets it up for so many requests of a method.</summary>
    public void Arm(EmulatorServer emulator, string method, int times)
    {
        if (Make(_name, method, times) is { } fault)
        {
            _fault = emulator.Faults.Add(fault);
        }
    }

    /// <summary>Runs a script; where no response comes, the time-out strikes each time that the request hangs.</summary>
    public async Task<ShellResult> RunAsync(ConnectedShell connected, string script)
    {
        connected.Clock.HoldTimeouts = Hangs;
        using RunningScript running = connected.Shell.Begin(script);
        Task<ShellResult> end = Task.Run(running.End, TestContext.Current.CancellationToken);
        for (int struck = 0; Hangs && !end.IsCompleted;)
        {
            await Eventually.TrueAsync(() => Applied > struck || end.IsCompleted);
            struck = Applied;
            connected.Clock.StrikeTimeouts();
        }

        ShellResult result = await Eventually.DoneAsync(end);
        Assert.True(await connected.Emulator.Requests.WaitForIdleAsync(TimeSpan.FromSeconds(30)));
        return result;
    }

    public void Dispose() => _closed.Dispose();

    private static Fault? Make(string name, string method, int times)
    {
        Fault Of(FaultKind kind) => new() { Kind = kind, Method = method, Times = times };
        Fault Answer(int status, bool isOfGateway, TimeSpan? retryAfter, bool process) => new()
        {
            Kind = FaultKind.Status,
            Method = method,
            Times = times,
            Status = status,
            Body = isOfGateway ? "<html><title>Just a moment...</title></html>" : """{"detail":"No."}""",
            ContentType = isOfGateway ? "text/html" : "application/json",
            Headers = isOfGateway ? new Dictionary<string, string> { ["Server"] = "cloudflare" } : [],
            RetryAfter = retryAfter,
            Process = process,
        };

        return name switch
        {
            "none" or "connection refused" or "name not found" or "untrusted certificate" or "an API key's session" => null,
            "reset on accept" => Of(FaultKind.ResetOnAccept),
            "reset before read" => Of(FaultKind.ResetBeforeRead),
            "reset after read" => Of(FaultKind.ResetAfterRead),
            "reset after processing" => Of(FaultKind.ResetAfterProcessing),
            "closed after read" => Of(FaultKind.CloseAfterRead),
            "closed after processing" => Of(FaultKind.CloseAfterProcessing),
            "hang before processing" => Of(FaultKind.HangBeforeProcessing),
            "hang after processing" => Of(FaultKind.HangAfterProcessing),
            "response cut off" or "response of JSON cut off" => Of(FaultKind.CutBody),
            "redirect" => new Fault { Kind = FaultKind.Redirect, Method = method, Times = times, Location = "https://elsewhere.invalid/" },
            "HTML with 200" => new Fault
            {
                Kind = FaultKind.RawBody, Method = method, Times = times, ContentType = "text/html", Body = "<html><title>Sign in</title></html>",
            },
            "JSON without a secret" => new Fault { Kind = FaultKind.RawBody, Method = method, Times = times, Body = """{"token":1}""" },
            "damaged gzip" => new Fault { Kind = FaultKind.RawBody, Method = method, Times = times, ContentEncoding = "gzip", Body = "not gzip" },
            _ when name.Split(' ') is [var status, .. var rest] => Answer(
                int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
                isOfGateway: name.Contains(" of a gateway", StringComparison.Ordinal),
                retryAfter: rest is ["come", "back", "in", var seconds, ..]
                    ? TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))
                    : null,
                process: name.EndsWith(" after processing", StringComparison.Ordinal)),
            _ => throw new ArgumentException(name, nameof(name)),
        };
    }
}
