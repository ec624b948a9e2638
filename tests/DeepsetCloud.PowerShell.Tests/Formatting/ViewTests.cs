using System.Management.Automation;
using System.Management.Automation.Internal;
using DeepsetCloud.Formatting;

namespace DeepsetCloud.Tests.Formatting;

public class ViewTests
{
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
        string State(int days) => TokenText.State(DateTimeOffset.UtcNow.AddDays(days).AddMinutes(1), host, style);

        Assert.Equal(coloured ? "\u001b[31mexpired\u001b[0m" : "expired", State(-1));
        Assert.Equal(coloured ? "\u001b[33min 3 days\u001b[0m" : "in 3 days", State(3));
        Assert.Equal("in 30 days", State(30));
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

    // The labels of a table are coloured by PowerShell itself.
    private static string Plain(string shown) => new StringDecorated(shown).ToString(OutputRendering.PlainText);
}
