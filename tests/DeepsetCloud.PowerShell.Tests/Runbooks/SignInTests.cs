using System.Management.Automation;

namespace DeepsetCloud.Tests.Runbooks;

[Collection(EnvironmentTests.Name)]
public class SignInTests
{
    // Stand-ins for the commands that exist in Azure Automation only.
    private const string Assets = """
        function Get-AutomationPSCredential { param($Name) if ($Name -eq 'deepset-admin') { $adminCredential } }
        function Get-AutomationVariable { param($Name) if ($Name -eq 'deepset-key') { $plainKey } }
        """;

    public static TheoryData<string> WaysIn =>
    [
        "-ApiKey $key -BaseUri $uri",
        "-Credential $adminCredential -BaseUri $uri",
        "-AutomationAsset deepset-admin -BaseUri $uri",
        "-AutomationAsset deepset-key -AssetType Variable -BaseUri $uri",
    ];

    [Theory]
    [MemberData(nameof(WaysIn))]
    public async Task Every_runbook_takes_the_credential_and_leaves_the_callers_session_alone(string arguments)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        await using EmulatorServer other = await EmulatorServer.StartAsync(new EmulatorOptions { AcceptedUserToken = "somebody-else" });
        using Shell shell = Runbook.Shell(other, "somebody-else");
        Prepare(shell, emulator);
        object before = Assert.Single(shell.Run("Get-DcSession").Output).BaseObject;

        foreach (string runbook in new[] { Runbook.Remove, Runbook.Report, Runbook.Update + " app -StoreSecret { }" })
        {
            emulator.Tokens.Clear();
            emulator.Tokens.Seed(1, _ => new NewToken { Name = "app", ExpiresAt = DateTimeOffset.UtcNow.AddDays(3) });
            emulator.Requests.Clear();
            ShellResult result = shell.Run($"{runbook} {arguments} -Verbose").EnsureNoErrors();

            Assert.True(emulator.Requests.Count > 0);
            Assert.DoesNotContain(emulator.DefaultUser.Token, result.EverythingWritten(shell));
            Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)), "The runbook left its session open.");
        }

        Assert.Equal(0, other.Requests.Count);
        Assert.Same(before, Assert.Single(shell.Run("Get-DcSession").Output).BaseObject);
    }

    [Fact]
    public async Task Without_any_argument_the_environment_signs_in()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(4);
        using var environment = new EnvironmentVariables(emulator.DefaultUser.Token, emulator.BaseAddress.ToString());
        using var shell = new Shell();

        Assert.Single(shell.Run(Runbook.Remove).EnsureNoErrors().Output);

        Assert.Empty(shell.Run("Get-DcSession").Output);
    }

    [Fact]
    public void Without_any_credential_the_runbook_fails()
    {
        using var environment = new EnvironmentVariables();
        using var shell = new Shell();

        foreach (string runbook in new[] { Runbook.Remove, Runbook.Report, Runbook.Update + " app -StoreSecret { }" })
        {
            Assert.StartsWith("SessionRequired,", shell.Run(runbook).Failure().FullyQualifiedErrorId);
        }
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_fails_the_runbook_as_such()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        Prepare(shell, emulator);
        shell.Set("key", Shell.Secure("wrong"));

        ErrorRecord error = shell.Run(Runbook.Remove + " -ApiKey $key -BaseUri $uri").Failure();

        Assert.StartsWith("Unauthorized,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
    }

    [Fact]
    public async Task An_identity_that_cannot_be_verified_is_a_warning()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 403, PathPrefix = "/api/v1/me" });
        using var shell = new Shell();
        Prepare(shell, emulator);

        ShellResult result = shell.Run(Runbook.Report + " -ApiKey $key -BaseUri $uri").EnsureNoErrors();

        Assert.Contains("could not be verified", Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("-AutomationAsset missing", "AutomationAssetNotFound")]
    [InlineData("-AutomationAsset missing -AssetType Variable", "AutomationAssetNotFound")]
    public void An_asset_that_is_not_there_is_said_so(string arguments, string errorId)
    {
        using var shell = new Shell();
        shell.Run(Assets).EnsureNoErrors();

        Assert.StartsWith(errorId + ",", shell.Run($"{Runbook.Remove} {arguments}").Failure().FullyQualifiedErrorId);
    }

    [Fact]
    public void Outside_of_Azure_Automation_there_are_no_assets()
    {
        using var shell = new Shell();

        Assert.StartsWith("NoAutomationAssets,", shell.Run(Runbook.Remove + " -AutomationAsset any").Failure().FullyQualifiedErrorId);
    }

    [Fact]
    public void What_is_no_session_is_refused()
    {
        using var shell = new Shell();

        Assert.Contains("DeepsetCloud.DcSession", shell.Run(Runbook.Remove + " -Session 'eu'").Failure().Exception.Message);
    }

    private static void Prepare(Shell shell, EmulatorServer emulator)
    {
        shell.Set("uri", emulator.BaseAddress.ToString());
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));
        shell.Set("plainKey", emulator.DefaultUser.Token);
        shell.Set("adminCredential", new PSCredential("ignored", Shell.Secure(emulator.DefaultUser.Token)));
        shell.Run(Assets).EnsureNoErrors();
    }
}
