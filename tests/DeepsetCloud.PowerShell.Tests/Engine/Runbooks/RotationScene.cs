namespace DeepsetCloud.Tests.Engine.Runbooks;

/// <summary>An organization with a token "app" to replace among others, and a shell with a vault that is a list.</summary>
internal sealed class RotationScene : IAsyncDisposable
{
    /// <summary>The ordinary vault.</summary>
    public const string Store = "-StoreSecret { param($Secret, $Token) Save-InVault $Secret; 'what a vault answers' }";

    private readonly string[] _others;
    private readonly List<string> _vault = [];

    private RotationScene(EmulatorServer emulator, string? userToken)
    {
        Emulator = emulator;
        emulator.Tokens.Seed(120);
        Old = emulator.Tokens.Create(new NewToken { Name = "app", ExpiresAt = DateTimeOffset.UtcNow.AddDays(2), Personal = false, OrganizationRole = "ADMIN", Workspaces = ["production"] });
        _others = [.. emulator.Tokens.Snapshot().Select(t => t.ApiTokenId).Where(id => id != Old.Token.ApiTokenId)];
        Shell = Runbook.Shell(emulator, userToken == "" ? Old.Secret : userToken);
        Shell.Set("handedOver", _vault);
        Shell.Run("function Save-InVault { param($Secret) $handedOver.Add([System.Net.NetworkCredential]::new('', $Secret).Password) }").EnsureNoErrors();
    }

    public EmulatorServer Emulator { get; }

    public Shell Shell { get; }

    public CreatedToken Old { get; }

    public string OldId => Old.Token.ApiTokenId;

    /// <summary>Every secret that was handed over, each time that it was.</summary>
    public IReadOnlyList<string> Vault => _vault;

    public bool HasOld => Emulator.Tokens.Find(OldId) is not null;

    /// <summary>The tokens that were not there at first.</summary>
    public IReadOnlyList<StoredToken> New => [.. Emulator.Tokens.Snapshot().Where(t => t.ApiTokenId != OldId && !_others.Contains(t.ApiTokenId))];

    public static async Task<RotationScene> StartAsync(EmulatorOptions? options = null) => new(await EmulatorServer.StartAsync(options), null);

    /// <summary>Signed in with the API key itself instead of a user's token.</summary>
    public static async Task<RotationScene> StartWithApiKeyAsync() => new(await EmulatorServer.StartAsync(), "");

    public Fault Fail(FaultKind kind, string method, string path, int status = 500, int skip = 0) =>
        Emulator.Faults.Add(new Fault { Kind = kind, Status = status, Method = method, PathPrefix = path, Skip = skip });

    /// <summary>Replaces "app", and checks what holds whatever happened: one creation at most, no other token touched, no secret in sight.</summary>
    public ShellResult Rotate(string arguments = Store, string identity = "app")
    {
        ShellResult result = Shell.Run($"{Runbook.Update} '{identity}' {arguments} -Verbose -Debug");
        CheckWhatAlwaysHolds(result);
        return result;
    }

    public void CheckWhatAlwaysHolds(ShellResult result)
    {
        Assert.True(Emulator.Requests.CountOf("POST") <= 1, "A second token was created.");
        Assert.All(_others, id => Assert.NotNull(Emulator.Tokens.Find(id)));
        string written = result.EverythingWritten(Shell);
        Assert.All(Secrets(), secret => Assert.DoesNotContain(secret, written));
    }

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await Emulator.DisposeAsync();
    }

    // Those that reached the vault, and those that were used to sign in.
    private IEnumerable<string> Secrets() => Emulator.Requests.Snapshot()
        .Select(r => r.Headers.GetValueOrDefault("Authorization", "").Replace("Bearer ", "", StringComparison.Ordinal))
        .Concat(_vault).Append(Old.Secret).Where(secret => secret.Length > 0).Distinct();
}
