using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Engine;

/// <summary>
/// What a test of a command stands on: an emulator of its own, and a shell whose default session, also <c>$session</c>, leads there
/// and goes by a clock of the test's own.
/// </summary>
public abstract class EngineTest : IAsyncLifetime
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ConnectedShell _connected = null!;

    private protected EmulatorServer Emulator => _connected.Emulator;

    private protected Shell Shell => _connected.Shell;

    private protected FakeClock Clock => _connected.Clock;

    private protected DcSession Session => _connected.Session;

    /// <summary>False for tests of what it takes to get a session.</summary>
    private protected virtual bool HasDefaultSession => true;

    public virtual async ValueTask InitializeAsync() => await StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await _connected.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts again with what is not the usual.</summary>
    private protected async Task StartAsync(
        EmulatorOptions? options = null, int retries = ConnectionOptions.DefaultMaximumRetryCount, string? key = null, Uri? address = null)
    {
        if (_connected is not null)
        {
            await _connected.DisposeAsync();
        }

        _connected = await ConnectedShell.StartAsync(options, retries, key, address);
        Shell.Set("key", Shell.Secure(key ?? Emulator.DefaultUser.Token));
        Shell.Set("baseUri", (address ?? Emulator.BaseAddress).ToString());
        if (HasDefaultSession)
        {
            UseByDefault(Session);
        }
    }

    /// <summary>Starts again as <see cref="BreakPoint"/> wants it, and sets that up for requests of a method.</summary>
    private protected async Task StartAsync(BreakPoint point, string method, int times, int retries = ConnectionOptions.DefaultMaximumRetryCount)
    {
        await StartAsync(point.Options, retries, address: point.Address);
        point.Arm(Emulator, method, times);
    }

    private protected Task<ShellResult> RunAsync(BreakPoint point, string script) => point.RunAsync(_connected, script);

    private protected ShellResult Run(string script) => Shell.Run(script);

    /// <summary>Makes the default session anew, with options that no command offers or a key of somebody else.</summary>
    private protected DcSession Connect(Func<ConnectionOptions, ConnectionOptions>? change = null, string? key = null)
    {
        DcSession session = _connected.Connect("session", Emulator.BaseAddress, key: key, change: change);
        UseByDefault(session);
        return session;
    }

    /// <summary>Makes so many tokens at the service; their ids are <c>$ids</c>.</summary>
    private protected string[] Seed(int count)
    {
        Emulator.Tokens.Seed(count);
        string[] ids = [.. Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        Shell.Set("ids", ids);
        return ids;
    }

    /// <summary>The ids of the tokens at a service, in the order of its list.</summary>
    private protected static IEnumerable<string> ListedAt(EmulatorServer emulator) => emulator.Tokens.Snapshot().Reverse().Select(token => token.ApiTokenId);

    /// <summary>Has the next matching request fail with a status.</summary>
    private protected Fault Refuse(
        int status, string? method = null, int skip = 0, int times = 1, string? body = null, int? retryAfter = null, string? contentType = "application/json") =>
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status, Status = status, Method = method, Skip = skip, Times = times, Body = body, ContentType = contentType,
            RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        });

    /// <summary>Has matching requests get no response until they are given up.</summary>
    private protected Fault Hang(string? method = null, int skip = 0, int times = Fault.Always, FaultKind kind = FaultKind.HangBeforeProcessing) =>
        Emulator.Faults.Add(new Fault { Kind = kind, Method = method, Skip = skip, Times = times });

    /// <summary>Signs in with a created token: only the whole secret can.</summary>
    private protected void AssertWorks(CreatedApiToken created) => _connected.AssertWorks(created);

    private void UseByDefault(DcSession session) =>
        new SessionStore(((System.Management.Automation.EngineIntrinsics)Shell.Get("ExecutionContext")!).SessionState).Default = session;
}
