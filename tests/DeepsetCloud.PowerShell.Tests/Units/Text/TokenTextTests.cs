using System.Management.Automation;
using System.Management.Automation.Internal;
using DeepsetCloud.Module;

namespace DeepsetCloud.Tests.Formatting;

public class ViewTests
{
    private const string Evil = "evil\u001b[1A\u001b[2K\u001b]0;x\u0007\u202ename";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "valid")]
    [InlineData(-1.0, "expired")]
    [InlineData(0.0, "expired")]
    [InlineData(30.0, "in 1 minute")]
    [InlineData(600.0, "in 10 minutes")]
    [InlineData(7200.0, "in 2 hours")]
    [InlineData(259_200.0, "in 3 days")]
    [InlineData(7_775_999.0, "in 90 days")]
    public void The_state_says_how_long_the_token_works(double? seconds, string expected) =>
        Assert.Equal(expected, TokenText.State(seconds is { } s ? Now.AddSeconds(s) : null, Now));

    [Fact]
    public async Task The_table_shows_local_time_and_state()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        DateTimeOffset soon = DateTimeOffset.UtcNow.AddDays(3);
        emulator.Tokens.Create(new NewToken { Name = "soon", ExpiresAt = soon });
        emulator.Tokens.Create(new NewToken { Name = "always", Expires = false, Personal = false });
        using var shell = new Shell(emulator);

        string[] lines = Plain(shell.Show("Get-DcApiToken")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.Equal(["ApiTokenId", "Name", "Expires", "State", "Type", "Owner"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches("always +never +valid +Service +Ada Lovelace", lines[2]);
        Assert.Matches($"soon +{soon.ToLocalTime():yyyy-MM-dd HH:mm} in 3 days +Personal +Ada Lovelace", lines[3]);
    }

    // $PSStyle is one for the whole process, so each test brings a style of its own.
    [Theory]
    [InlineData("Ansi", true)]
    [InlineData("PlainText", false)]
    [InlineData("Host", false)]
    [InlineData(null, false)]
    public void Expired_and_soon_stand_out_only_where_colour_is_on(string? rendering, bool coloured)
    {
        var host = new RecordingHost();
        object? style = rendering is null ? null : new { OutputRendering = rendering };
        string State(int days) => TokenText.State(new ApiToken("id") { ExpiresAt = DateTimeOffset.UtcNow.AddDays(days).AddMinutes(1) }, host, style);

        Assert.Equal(coloured ? "\u001b[31mexpired\u001b[0m" : "expired", State(-1));
        Assert.Equal(coloured ? "\u001b[33min 3 days\u001b[0m" : "in 3 days", State(3));
        Assert.Equal("in 30 days", State(30));
    }

    [Theory]
    [InlineData("Get-DcApiToken")]
    [InlineData("Copy-Token")]
    [InlineData("New-DcApiToken -Name $evil")]
    public async Task What_a_name_holds_does_not_steer_the_terminal(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(2, i => new NewToken { Name = i == 0 ? Evil : "fine", Workspaces = [] });
        using Shell shell = WithCopies(emulator);

        string shown = Plain(shell.Show(script));

        Assert.Contains("evil", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, c => c is '\u001b' or '\u0007' or '\u202e');
    }

    [Fact]
    public async Task Deserialised_tokens_show_when_they_expire()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        DateTimeOffset soon = DateTimeOffset.UtcNow.AddDays(3).AddMinutes(5);
        emulator.Tokens.Create(new NewToken { Name = "soon", ExpiresAt = soon });
        emulator.Tokens.Create(new NewToken { Name = "always", Expires = false });
        using Shell shell = WithCopies(emulator);

        string shown = Plain(shell.Show("Copy-Token"));

        Assert.Contains($"{soon.ToLocalTime():yyyy-MM-dd HH:mm}", shown, StringComparison.Ordinal);
        Assert.Contains("in 3 days", shown, StringComparison.Ordinal);
        Assert.Contains("never", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_token_removed_by_its_id_nothing_is_made_up()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1);
        using var shell = new Shell(emulator);
        shell.Set("id", emulator.Tokens.Snapshot()[0].ApiTokenId);

        string shown = Plain(shell.Show("Remove-DcApiToken $id -PassThru"));

        Assert.Contains(emulator.Requests.Last!.RawTarget.Split('/')[^1], shown, StringComparison.Ordinal);
        Assert.DoesNotContain("never", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("valid", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_constrained_language_the_views_still_show_something()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Create(new NewToken { Name = "old", ExpiresAt = DateTimeOffset.UtcNow.AddDays(-400) });
        using var shell = new Shell(emulator);

        string shown = Plain(shell.Show("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; Get-DcApiToken"));

        Assert.Contains("old", shown, StringComparison.Ordinal);
        Assert.Contains($"{DateTimeOffset.Now.AddDays(-400):yyyy}", shown, StringComparison.Ordinal);
        Assert.Contains("expired", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_created_token_shows_what_it_is_and_not_its_secret()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        string shown = Plain(shell.Show("New-DcApiToken -Name ci -Type Service -Workspace production"));

        Assert.Contains("Name       : ci", shown, StringComparison.Ordinal);
        Assert.Contains("store it now", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("api_", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_shows_where_it_leads_and_who_is_signed_in()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator, connectArguments: "");

        string shown = Plain(shell.Show("Get-DcSession"));

        Assert.Matches($"{emulator.BaseAddress} +Analytical Engines +Ada Lovelace +True", shown);
    }

    private static Shell WithCopies(EmulatorServer emulator)
    {
        var shell = new Shell(emulator);
        shell.Set("evil", Evil);
        shell.Run(
            "function Copy-Token { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@(Get-DcApiToken), 3)) }").EnsureNoErrors();
        return shell;
    }

    // The labels of a table are coloured by PowerShell itself.
    private static string Plain(string shown) => new StringDecorated(shown).ToString(OutputRendering.PlainText);
}
