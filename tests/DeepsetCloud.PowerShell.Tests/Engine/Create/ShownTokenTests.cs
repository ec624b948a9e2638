using DeepsetCloud.Tests.Engine.Runbooks;

namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>A created token that is only displayed shows no secret, so its session keeps it for a while, and the view says so.</summary>
public class ShownTokenTests
{
    private const string Hint = "until you disconnect, Get-DcSession -RecoverToken writes it again";

    [Theory]
    [InlineData("New-DcApiToken a")]
    [InlineData("New-DcApiToken a -Session (Connect-DcSession $key -BaseUri $baseUri -NoDefault -PassThru)")]
    public async Task What_was_only_displayed_can_be_recovered_once(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        string shown = shell.Show(script);

        Assert.Contains(Hint, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", shown, StringComparison.Ordinal);
        CreatedApiToken created = Assert.Single(shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>());
        Assert.True(await emulator.AcceptsAsync(new System.Net.NetworkCredential("", created.ApiToken).Password));
        Assert.Empty(shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task Recovered_and_only_displayed_again_it_can_be_recovered_again()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Show("New-DcApiToken a");

        shell.Show("Get-DcSession -RecoverToken");

        Assert.Single(shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    [Theory]
    [InlineData("$created = New-DcApiToken a")]
    [InlineData("New-DcApiToken a | ForEach-Object { $created = $_ }")]
    [InlineData("$created = New-DcApiToken a -AsPlainText")]
    public async Task What_was_not_displayed_is_not_kept(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Show(script);

        Assert.Empty(shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task The_newest_are_kept_the_newest_first()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run("try { New-DcApiToken kept | ForEach-Object { throw 'The vault is closed.' } } catch { }").EnsureNoErrors();

        shell.Show("1..40 | ForEach-Object { [pscustomobject]@{ Name = \"token-$_\" } } | New-DcApiToken");

        Assert.Equal(
            [.. Enumerable.Range(0, 32).Select(i => $"token-{40 - i}"), "kept"],
            shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>().Select(token => token.Name));
    }

    [Fact]
    public async Task Disconnecting_forgets_what_was_only_displayed_and_a_view_brings_nothing_back()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Show("$created = New-DcApiToken a; $created");
        var session = (DcSession)shell.Run("Get-DcSession").Output[0].BaseObject;
        Assert.True(session.HoldsTokens);

        Assert.Empty(shell.Run("Disconnect-DcSession").EnsureNoErrors().Warnings);
        shell.Show("$created");

        Assert.False(session.HoldsTokens);
        Assert.Empty(shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    // The view can call nothing there, and does not know whether the token goes anywhere else.
    [Fact]
    public async Task In_a_constrained_language_mode_every_token_is_kept_so_that_the_view_is_true()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").EnsureNoErrors();

        string shown = shell.Show("New-DcApiToken a");

        Assert.Contains(Hint, shown, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(shell.Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>()).Name);
        Assert.Empty(shell.Run("Disconnect-DcSession").EnsureNoErrors().Warnings);
    }
}
