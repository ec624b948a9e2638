using System.Security;

namespace DeepsetCloud.Tests.Help;

/// <summary>
/// What the examples of the help presume: two services that hold tokens of the names they use, the environment
/// variables, a vault and files.
/// </summary>
internal sealed class ExampleWorld : IAsyncDisposable
{
    /// <summary>The id that an example names.</summary>
    public const string KnownId = "9da1ffe7-8f09-47b0-874f-15471b5e6e13";

    private static readonly string[] Variables = ["DEEPSET_API_KEY", "DEEPSET_API_URL", "STAGING_URL"];
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    private ExampleWorld(EmulatorServer production, EmulatorServer staging)
    {
        Production = production;
        Staging = staging;
    }

    public EmulatorServer Production { get; }

    public EmulatorServer Staging { get; }

    public Shell Shell { get; } = new();

    /// <summary>What stand-ins for other programs and files were given.</summary>
    public List<object> Taken { get; } = [];

    public Dictionary<string, SecureString> Vault { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes it.</summary>
    /// <param name="isConnected">Whether Connect-DcSession has run, with the key in the environment.</param>
    public static async Task<ExampleWorld> MakeAsync(bool isConnected)
    {
        EmulatorServer production = await EmulatorServer.StartAsync(new EmulatorOptions { AcceptedUserToken = "user-token-of-production" });
        EmulatorServer staging = await EmulatorServer.StartAsync(new EmulatorOptions { AcceptedUserToken = "user-token-of-staging" });
        var world = new ExampleWorld(production, staging);
        world.Fill();
        world.Prepare();
        if (isConnected)
        {
            world.Shell.Run("Connect-DcSession").EnsureNoErrors();
            DcSession session = Assert.Single(world.Shell.Run("Get-DcSession").As<DcSession>());
            var kept = new CreatedApiToken(Shell.Secure("api_kept")) { Name = "kept" };
            session.Hold(kept, world);
            session.Keep(kept);
        }

        return world;
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Shell.Dispose();
        await Production.DisposeAsync();
        await Staging.DisposeAsync();
    }

    private void Fill()
    {
        TokenStore tokens = Production.Tokens;
        tokens.Create(new NewToken { Id = Guid.Parse(KnownId), Name = "laptop-grace", ExpiresAt = Now.AddDays(30) });
        tokens.Create(new NewToken { Name = "ci-build", ExpiresAt = Now.AddDays(-3) });
        tokens.Create(new NewToken { Name = "ci-test", ExpiresAt = Now.AddDays(10) });
        tokens.Create(new NewToken { Name = "deploy-eu", Expires = false, Personal = false });
        tokens.Create(new NewToken { Name = "deploy-us", ExpiresAt = Now.AddDays(5), Personal = false, Workspaces = ["production"] });
        tokens.Seed(40, i => new NewToken { Name = $"load-test-{i}", ExpiresAt = Now.AddDays(20) });
        Staging.Tokens.Create(new NewToken { Name = "old", ExpiresAt = Now.AddDays(-1) });
        Staging.Tokens.Create(new NewToken { Name = "new", ExpiresAt = Now.AddDays(60) });
    }

    private void Prepare()
    {
        Environment.SetEnvironmentVariable("DEEPSET_API_KEY", Production.DefaultUser.Token);
        Environment.SetEnvironmentVariable("DEEPSET_API_URL", Production.BaseAddress.ToString());
        Environment.SetEnvironmentVariable("STAGING_URL", Staging.BaseAddress.ToString());
        SecureString key = Shell.Secure(Production.DefaultUser.Token);
        Vault["deepset"] = Vault["deepset-production"] = key;
        Vault["deepset-staging"] = Shell.Secure(Staging.DefaultUser.Token);
        Shell.Set("vault", Vault);
        Shell.Set("answers", new Dictionary<string, SecureString> { ["API key"] = key });
        Shell.Set("taken", Taken);
        string[] ids = [.. Production.Tokens.Snapshot().Where(t => t.Name is "ci-build" or "deploy-eu").Select(t => t.ApiTokenId)];
        Shell.Set("files", new Dictionary<string, string>
        {
            ["./ids.csv"] = "ApiTokenId,Reason\n" + string.Join('\n', ids.Select(id => id + ",left the team")),
            ["./new-tokens.csv"] = "Name,ExpiresAt,Type,Workspace\nbatch,2030-01-31T12:00Z,Service,production\nada,,,staging",
        });
        Shell.Run(CommandDoubles.Script).EnsureNoErrors();
        Shell.Host.Answer = "&Yes";
    }
}
