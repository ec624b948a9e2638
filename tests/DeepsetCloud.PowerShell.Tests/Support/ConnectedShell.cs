using System.Net;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Support;

/// <summary>An emulator, and a shell whose <c>$session</c> leads there and goes by a clock of the test's own.</summary>
internal sealed class ConnectedShell : IAsyncDisposable
{
    private readonly List<DcSession> _sessions = [];

    private ConnectedShell(EmulatorServer emulator) => Emulator = emulator;

    public EmulatorServer Emulator { get; }

    public FakeClock Clock { get; } = new();

    public Shell Shell { get; } = new();

    public DcSession Session => _sessions[0];

    /// <param name="options">What the emulator is like.</param>
    /// <param name="retries">How often the session sends a failed request again.</param>
    /// <param name="key">The credential; a user's unless given.</param>
    /// <param name="address">Where the session leads; to the emulator unless given.</param>
    public static async Task<ConnectedShell> StartAsync(
        EmulatorOptions? options = null,
        int retries = ConnectionOptions.DefaultMaximumRetryCount,
        string? key = null,
        Uri? address = null)
    {
        var connected = new ConnectedShell(await EmulatorServer.StartAsync(options));
        connected.Connect("session", address ?? connected.Emulator.BaseAddress, retries, key);
        return connected;
    }

    /// <summary>Makes another session and puts it into a variable.</summary>
    public DcSession Connect(
        string variable,
        Uri address,
        int retries = ConnectionOptions.DefaultMaximumRetryCount,
        string? key = null,
        Func<ConnectionOptions, ConnectionOptions>? change = null)
    {
        var token = new BearerToken(key ?? Emulator.DefaultUser.Token, "-ApiKey");
        var options = new ConnectionOptions { Clock = Clock, MaximumRetryCount = retries };
        DcSession session = SessionFactory.Create(address, token, change?.Invoke(options) ?? options);
        _sessions.Add(session);
        Shell.Set(variable, session);
        return session;
    }

    public ShellResult Run(string script) => Shell.Run(script);

    /// <summary>Signs in with a created token: only the whole secret can.</summary>
    public void AssertWorks(CreatedApiToken created)
    {
        Connect("own", Emulator.BaseAddress, key: new NetworkCredential("", created.ApiToken).Password);
        Run("Get-DcApiToken -PageNumber 1 -Session $own").EnsureNoErrors();
    }

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        _sessions.ForEach(session => session.Close());
        await Emulator.DisposeAsync();
    }
}
