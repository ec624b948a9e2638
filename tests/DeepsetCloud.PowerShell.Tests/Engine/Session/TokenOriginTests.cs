using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>A token knows where it lives.</summary>
public class TokenOriginTests
{
    [Theory]
    [InlineData("Get-DcApiToken -Session $a, $b | Remove-DcApiToken")]
    [InlineData("$tokens = Get-DcApiToken -Session $a, $b; $tokens | Where-Object Name -like 'token-*' | Remove-DcApiToken")]
    [InlineData("$tokens = Get-DcApiToken -Session $b, $a; $tokens | ForEach-Object { $_ } | Remove-DcApiToken -ThrottleLimit 1")]
    public async Task Tokens_of_several_sessions_are_removed_each_where_it_lives(string script)
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);
        string[] ofA = [.. a.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        string[] ofB = [.. b.Tokens.Snapshot().Select(token => token.ApiTokenId)];

        shell.Run(script).EnsureNoErrors();

        Assert.Equal(ofA.Order(), a.Requests.Of("DELETE").Select(request => request.Path.Split('/')[^1]).Order());
        Assert.Equal(ofB.Order(), b.Requests.Of("DELETE").Select(request => request.Path.Split('/')[^1]).Order());
        Assert.Equal((0, 0, 0L), (a.Tokens.Count, b.Tokens.Count, home.Requests.Count));
    }

    [Fact]
    public async Task Sessions_are_listed_one_after_the_other_each_once()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);

        IEnumerable<string> ids = shell.Run("Get-DcApiToken -Session $b, $a, $b").EnsureNoErrors().As<ApiToken>().Select(token => token.ApiTokenId);

        Assert.Equal([.. b.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), .. a.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId)], ids);
    }

    [Fact]
    public async Task An_id_as_text_uses_the_default_session()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);
        home.Tokens.Seed(1);
        shell.Set("id", home.Tokens.Snapshot()[0].ApiTokenId);

        shell.Run("Remove-DcApiToken $id").EnsureNoErrors();

        Assert.Equal((0, 0L, 0L), (home.Tokens.Count, a.Requests.Count, b.Requests.Count));
    }

    [Fact]
    public async Task So_is_a_session_of_another_organization_at_the_same_address()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { Users = { new EmulatorUser { Token = "one" }, new EmulatorUser { Token = "other" } } });
        emulator.Tokens.Seed(1);
        using var shell = new Shell();
        shell.Set("uri", emulator.BaseAddress);
        shell.Set("one", Shell.Secure("one"));
        shell.Set("other", Shell.Secure("other"));
        shell.Run("$a = Connect-DcSession $one -BaseUri $uri -PassThru; $b = Connect-DcSession $other -BaseUri $uri -PassThru; $c = Connect-DcSession $one -BaseUri $uri -PassThru").EnsureNoErrors();

        ErrorRecord error = shell.Run("Get-DcApiToken -Session $a | Remove-DcApiToken -Session $b").Error;

        Assert.StartsWith("InvalidRequest,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("organization", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, emulator.Tokens.Count);
        shell.Run("Get-DcApiToken -Session $a | Remove-DcApiToken -Session $c").EnsureNoErrors();
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task A_session_that_leads_elsewhere_is_refused_for_each_token_and_nothing_is_removed()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);

        ShellResult result = shell.Run("Get-DcApiToken -Session $a | Remove-DcApiToken -Session $b");

        Assert.Null(result.Terminating);
        Assert.Equal(3, result.Errors.Count);
        Assert.All(result.Errors, error =>
        {
            Assert.Equal("InvalidRequest,DeepsetCloud.Commands.RemoveDcApiTokenCommand", error.FullyQualifiedErrorId);
            Assert.Contains("-Session", error.ToString(), StringComparison.Ordinal);
            Assert.NotNull(a.Tokens.Find((string)error.TargetObject));
        });
        Assert.Equal((3, 3, 0L), (a.Tokens.Count, b.Tokens.Count, b.Requests.Count));
    }

    [Fact]
    public async Task Another_session_at_the_same_place_is_as_good()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);
        shell.Set("again", TestSession.To(a));

        shell.Run("$tokens = Get-DcApiToken -Session $a; Disconnect-DcSession $a; $tokens | Remove-DcApiToken -Session $again").EnsureNoErrors();

        Assert.Equal(0, a.Tokens.Count);
    }

    [Fact]
    public async Task Tokens_of_a_session_that_has_ended_cannot_be_removed_with_it()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);

        ErrorRecord error = shell.RunToError("$tokens = Get-DcApiToken -Session $a; Disconnect-DcSession $a; $tokens | Remove-DcApiToken");

        Assert.StartsWith("SessionRequired,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((3, 0L), (a.Tokens.Count, home.Requests.Count));
    }

    [Fact]
    public async Task Nothing_shows_or_stores_where_a_token_came_from()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        using Shell shell = Connect(home, a, b);

        PSObject token = shell.Run("Get-DcApiToken -Session $a -First 1").EnsureNoErrors().Output[0];

        Assert.DoesNotContain(token.Members, member => member.Name.Contains("Origin", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("127.0.0.1", PSSerializer.Serialize(token, 9), StringComparison.Ordinal);
    }

    private static Shell Connect(EmulatorServer home, EmulatorServer a, EmulatorServer b)
    {
        a.Tokens.Seed(3);
        b.Tokens.Seed(3);
        var shell = new Shell(home);
        shell.Set("a", TestSession.To(a));
        shell.Set("b", TestSession.To(b));
        return shell;
    }
}
