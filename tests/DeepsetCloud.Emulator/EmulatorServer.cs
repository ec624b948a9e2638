using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DeepsetCloud.Emulator;

/// <summary>The emulated service, listening on loopback. Any number of them can run in one process.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatorServer(EmulatorOptions options)
    {
        Options = options;
        Users = options.AcceptedUserToken is { } token ? [new EmulatorUser { Token = token }, .. options.Users] : [.. options.Users];
        if (Users.Count == 0)
        {
            throw new ArgumentException("Nobody could sign in: name a user token or a user.", nameof(options));
        }

        Tokens = new TokenStore(DefaultUser, options.Clock);
        Requests = new RequestLog(options);
        Certificate = options.UseHttps ? SelfSignedCertificate.Make() : null;
        _app = Build(new RequestHandler(this, new Service(options, Tokens, Users)));
    }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it is like.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Who can sign in, each by a token of their own.</summary>
    public IReadOnlyList<EmulatorUser> Users { get; }

    /// <summary>The first of <see cref="Users"/>; seeded tokens are this user's.</summary>
    public EmulatorUser DefaultUser => Users[0];

    /// <summary>The tokens it holds.</summary>
    public TokenStore Tokens { get; }

    /// <summary>The requests it got.</summary>
    public RequestLog Requests { get; }

    /// <summary>The TCP connections it got.</summary>
    public ConnectionLog Connections { get; } = new();

    /// <summary>The faults to come.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The certificate, with its private key, of a server with <see cref="EmulatorOptions.UseHttps"/>.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Runs when a request has been read, before it is handled: to change the store, or to hold the request back.</summary>
    public Func<RecordedRequest, Task>? BeforeRequest { get; set; }

    /// <summary>Runs when a request's outcome is settled and recorded, before the client can see anything of it.</summary>
    public Func<RecordedRequest, Task>? AfterRequest { get; set; }

    /// <summary>Starts a server.</summary>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions? options = null)
    {
        var server = new EmulatorServer(options ?? new EmulatorOptions());
        try
        {
            await server._app.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.BaseAddress = new Uri(addresses!.Addresses.Single());
        return server;
    }

    /// <summary>Stops at once: connections are aborted, requests in flight with them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        Certificate?.Dispose();
    }

    private WebApplication Build(RequestHandler handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        app.Run(handler.HandleAsync);
        return app;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Slowness is tested on purpose here.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, Options.Port, listen =>
        {
            var gate = new ConnectionGate(Connections, Faults);
            listen.Protocols = (Options.UseHttp2, Options.UseHttps) switch
            {
                (false, _) => HttpProtocols.Http1,
                (true, true) => HttpProtocols.Http1AndHttp2,
                (true, false) => HttpProtocols.Http2,
            };
            listen.Use(gate.Accept);
            if (Certificate is not null)
            {
                listen.UseHttps(Certificate);
            }

            listen.Use(gate.Watch);
        });
    }
}
