using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Runbooks;

/// <summary>-VaultName, with a stand-in for Microsoft.PowerShell.SecretManagement that takes the same arguments.</summary>
public class UpdateVaultTests
{
    private const string SecretManagement = """
        $team = @{}
        function Get-SecretInfo {
            [CmdletBinding()] param([string] $Name, [string] $Vault)
            if ($locked) { throw 'the vault is locked' }
            foreach ($key in $team.Keys) { if ($key -like $Name) { @{ Name = $key } } }
        }
        function Get-Secret {
            [CmdletBinding()] param([string] $Name, [string] $Vault)
            if ($mixedUp) { $global:mixedUp = $false; return [System.Net.NetworkCredential]::new('', 'another').SecurePassword }
            $team[$Name]
        }
        function Set-Secret {
            [CmdletBinding(SupportsShouldProcess)] param([string] $Name, [object] $Secret, [securestring] $SecureStringSecret, [string] $Vault)
            if ($breaksOn -eq 'before') { throw 'the vault is broken' }
            if ($SecureStringSecret) { Save-InVault $SecureStringSecret; $team[$Name] = $SecureStringSecret } else { $team[$Name] = $Secret }
            if ($breaksOn -eq 'after') { $global:breaksOn = $next; throw 'the vault is broken' }
        }
        function Remove-Secret {
            [CmdletBinding(SupportsShouldProcess)] param([string] $Name, [string] $Vault)
            $team.Remove($Name)
        }
        function Read-Team { param($Name) if ($team[$Name]) { [System.Net.NetworkCredential]::new('', $team[$Name]).Password } }
        """;

    [Theory]
    [InlineData("", "app")]
    [InlineData("-SecretName 'odd[name]*'", "odd[name]*")]
    public async Task The_vault_holds_the_new_key_under_its_name(string arguments, string name)
    {
        await using RotationScene scene = await StartAsync();

        scene.Rotate("-VaultName Team " + arguments).EnsureNoErrors();

        Assert.Equal(Assert.Single(scene.Vault), Read(scene, name));
        Assert.True(await scene.Emulator.AcceptsAsync(scene.Vault[0]));
        Assert.False(scene.HasOld);
        Assert.Single(scene.New);
    }

    [Theory]
    [InlineData("$locked = $true", "locked")]
    [InlineData("$ExecutionContext.InvokeProvider.Item.Remove('function:Get-SecretInfo', $false)", "Microsoft.PowerShell.SecretManagement")]
    public async Task A_vault_that_cannot_be_used_is_noticed_before_anything_is_created(string trouble, string said)
    {
        await using RotationScene scene = await StartAsync(trouble);

        Assert.Contains(said, scene.Rotate("-VaultName Team").Failure().Exception.Message);

        scene.Emulator.AssertReadOnly();
    }

    [Theory]
    [InlineData("$breaksOn = 'before'", 0)]
    [InlineData("$breaksOn = 'after'", 1)]
    [InlineData("$mixedUp = $true", 1)]
    [InlineData("$breaksOn = 'after'; $team['app'] = $before", 1, true)]
    public async Task A_vault_that_fails_holds_what_it_held_before_and_the_creation_is_undone(string trouble, int handedOver, bool heldBefore = false)
    {
        await using RotationScene scene = await StartAsync(trouble);

        ErrorRecord error = scene.Rotate("-VaultName Team").Failure();

        Assert.StartsWith("RotationUndone,", error.FullyQualifiedErrorId);
        Assert.True(await scene.Emulator.AcceptsAsync(scene.Old.Secret));
        Assert.Empty(scene.New);
        Assert.Equal(handedOver, scene.Vault.Count);
        Assert.Equal(heldBefore ? scene.Old.Secret : null, Read(scene, "app"));
    }

    [Fact]
    public async Task A_vault_that_cannot_be_set_back_keeps_a_key_that_works()
    {
        await using RotationScene scene = await StartAsync("$breaksOn = 'after'; $next = 'before'; $team['app'] = $before");

        ErrorRecord error = scene.Rotate("-VaultName Team").Failure();

        Assert.True(await scene.Emulator.AcceptsAsync(Read(scene, "app")!));
        Assert.True(scene.HasOld);
        Assert.Contains(Assert.Single(scene.New).ApiTokenId, error.Exception.Message);
        Assert.Contains("both tokens were left", error.Exception.Message);
    }

    [Fact]
    public async Task A_token_without_a_name_needs_one_for_its_secret()
    {
        await using RotationScene scene = await StartAsync();
        string nameless = scene.Emulator.Tokens.Create().Token.ApiTokenId;

        Assert.StartsWith("SecretNameRequired,", scene.Rotate("-VaultName Team", nameless).Failure().FullyQualifiedErrorId);
        scene.Rotate("-VaultName Team -SecretName s", nameless).EnsureNoErrors();

        Assert.NotNull(Read(scene, "s"));
    }

    private static async Task<RotationScene> StartAsync(string trouble = "")
    {
        RotationScene scene = await RotationScene.StartAsync();
        scene.Shell.Set("before", Shell.Secure(scene.Old.Secret));
        scene.Shell.Run("$locked = $mixedUp = $false; $breaksOn = $next = ''; " + SecretManagement + "\n" + trouble).EnsureNoErrors();
        return scene;
    }

    private static string? Read(RotationScene scene, string name) =>
        scene.Shell.Run($"Read-Team '{name}'").EnsureNoErrors().As<string>().SingleOrDefault();
}
