namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>A created token that is only displayed shows no secret, so its session keeps it for a while, and the view says so.</summary>
public class ShownTokenTests : EngineTest
{
    private const string Hint = "until you disconnect, Get-DcSession -RecoverToken writes it again";

    [Theory]
    [InlineData("New-DcApiToken a")]
    [InlineData("New-DcApiToken a -Session (Connect-DcSession $key -BaseUri $baseUri -NoDefault -PassThru)")]
    public void What_was_only_displayed_can_be_recovered_once(string script)
    {
        string shown = Shell.Show(script);

        Assert.Contains(Hint, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", shown, StringComparison.Ordinal);
        CreatedApiToken created = Assert.Single(Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>());
        AssertWorks(created);
        Assert.Empty(Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    [Fact]
    public void Recovered_and_only_displayed_again_it_can_be_recovered_again()
    {
        Shell.Show("New-DcApiToken a");

        Shell.Show("Get-DcSession -RecoverToken");

        Assert.Single(Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    [Theory]
    [InlineData("$created = New-DcApiToken a")]
    [InlineData("New-DcApiToken a | ForEach-Object { $created = $_ }")]
    [InlineData("$created = New-DcApiToken a -AsPlainText")]
    public void What_was_not_displayed_is_not_kept(string script)
    {
        Shell.Show(script);

        Assert.Empty(Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    [Fact]
    public void The_newest_are_kept_the_newest_first()
    {
        Run("try { New-DcApiToken kept | ForEach-Object { throw 'The vault is closed.' } } catch { }").EnsureNoErrors();

        Shell.Show("1..40 | ForEach-Object { [pscustomobject]@{ Name = \"token-$_\" } } | New-DcApiToken");

        Assert.Equal(
            [.. Enumerable.Range(0, 32).Select(i => $"token-{40 - i}"), "kept"],
            Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>().Select(token => token.Name));
    }

    [Fact]
    public void Disconnecting_forgets_what_was_only_displayed_and_a_view_brings_nothing_back()
    {
        Shell.Show("$created = New-DcApiToken a; $created");
        var session = (DcSession)Run("Get-DcSession").Output[0].BaseObject;
        Assert.True(session.HoldsTokens);

        Assert.Empty(Run("Disconnect-DcSession").EnsureNoErrors().Warnings);
        Shell.Show("$created");

        Assert.False(session.HoldsTokens);
        Assert.Empty(Run("Get-DcSession -RecoverToken").EnsureNoErrors().Output);
    }

    // The view can call nothing there, and does not know whether the token goes anywhere else.
    [Fact]
    public void In_a_constrained_language_mode_every_token_is_kept_so_that_the_view_is_true()
    {
        Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").EnsureNoErrors();

        string shown = Shell.Show("New-DcApiToken a");

        Assert.Contains(Hint, shown, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>()).Name);
        Assert.Empty(Run("Disconnect-DcSession").EnsureNoErrors().Warnings);
    }
}
