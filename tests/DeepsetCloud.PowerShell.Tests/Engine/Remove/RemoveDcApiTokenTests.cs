using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>Every way in which a token gets to Remove-DcApiToken.</summary>
public class RemoveDcApiTokenTests
{
    [Theory]
    [InlineData("Get-DcApiToken | Remove-DcApiToken")]
    [InlineData("Get-DcApiToken | ForEach-Object { Remove-DcApiToken -InputObject $_ }")]
    [InlineData("foreach ($token in Get-DcApiToken) { Remove-DcApiToken $token }")]
    [InlineData("Remove-DcApiToken $ids")]
    [InlineData("Remove-DcApiToken -ApiTokenId $ids")]
    [InlineData("$ids | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_; Name = 'x' } } | Remove-DcApiToken")]
    [InlineData("[pscustomobject]@{ ApiTokenId = $ids } | Remove-DcApiToken")]
    public async Task Objects_and_ids_bind(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(7);
        using Shell shell = WithIds(emulator);

        Assert.Empty(shell.Run(script).EnsureNoErrors().Output);

        Assert.Equal(0, emulator.Tokens.Count);
        Assert.Equal(7, emulator.Requests.CountOf("DELETE"));
    }

    [Fact]
    public async Task PassThru_writes_what_was_removed()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        using Shell shell = WithIds(emulator);

        IReadOnlyList<ApiToken> byId = shell.Run("Remove-DcApiToken $ids[0], none -PassThru -ErrorAction SilentlyContinue").As<ApiToken>();
        shell.Run("$tokens = Get-DcApiToken").EnsureNoErrors();
        IReadOnlyList<ApiToken> byValue = shell.Run("$tokens | Remove-DcApiToken -PassThru").EnsureNoErrors().As<ApiToken>();

        Assert.Equal(((string[])shell.Get("ids")!)[0], Assert.Single(byId).ApiTokenId);
        Assert.Equal(((object[])shell.Get("tokens")!).Select(o => ((PSObject)o).BaseObject).ToHashSet(), byValue.Cast<object>().ToHashSet());
    }

    [Fact]
    public async Task Text_does_not_bind_by_value()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1);
        using Shell shell = WithIds(emulator);

        ErrorRecord error = shell.Run("$ids | Remove-DcApiToken").Error;

        Assert.StartsWith("InputObjectNotBound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task The_total_is_no_id_and_does_not_stop_the_rest()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        using var shell = new Shell(emulator);

        ErrorRecord error = shell.Run("Get-DcApiToken -IncludeTotalCount | Remove-DcApiToken").Error;

        Assert.StartsWith("InputObjectNotBound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(3, emulator.Requests.CountOf("DELETE"));
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task What_was_created_without_an_id_cannot_be_removed_and_is_refused_by_name()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ErrorRecord error = shell.Run("New-DcApiToken | Remove-DcApiToken").Error;

        Assert.Contains("ApiTokenId", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.CountOf("DELETE"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("257")]
    [InlineData("many")]
    public async Task ThrottleLimit_has_its_bounds(string limit)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1);
        using Shell shell = WithIds(emulator);

        ErrorRecord error = shell.Run($"Remove-DcApiToken $ids -ThrottleLimit {limit}").Error;

        Assert.Contains("'ThrottleLimit'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("256")]
    public async Task ThrottleLimit_reaches_to_its_bounds(string limit)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(20);
        using Shell shell = WithIds(emulator);

        shell.Run($"Remove-DcApiToken $ids -ThrottleLimit {limit}").EnsureNoErrors();

        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task A_token_that_is_gone_is_an_error_about_it_and_the_others_go_on()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(2);
        using Shell shell = WithIds(emulator);
        string gone = Guid.NewGuid().ToString();
        shell.Set("gone", gone);

        ErrorRecord error = shell.Run("Remove-DcApiToken $ids[0], $gone, $ids[1]").Error;

        Assert.Equal("ApiTokenNotFound,DeepsetCloud.Commands.RemoveDcApiTokenCommand", error.FullyQualifiedErrorId);
        Assert.Equal(gone, error.TargetObject);
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task An_id_is_sent_as_one_segment_whatever_is_in_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("Remove-DcApiToken 'a&b=c;d:e+ü'");

        Assert.Equal("DELETE /api/v1/token/a%26b%3Dc%3Bd%3Ae%2B%C3%BC -> 404", emulator.Requests.Last!.ToString());
    }

    private static Shell WithIds(EmulatorServer emulator)
    {
        var shell = new Shell(emulator);
        shell.Set("ids", emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToArray());
        return shell;
    }
}
