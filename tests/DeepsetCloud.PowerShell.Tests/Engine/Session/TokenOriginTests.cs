using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>A token knows where it lives.</summary>
public class TokenOriginTests : EngineTest
{
    private EmulatorServer _a = null!;
    private EmulatorServer _b = null!;

    // $a and $b lead to two other services, with three tokens each; the default session to none of them.
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _a = await EmulatorServer.StartAsync();
        _b = await EmulatorServer.StartAsync();
        _a.Tokens.Seed(3);
        _b.Tokens.Seed(3);
        Shell.Set("a", TestSession.To(_a));
        Shell.Set("b", TestSession.To(_b));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("Get-DcApiToken -Session $a, $b | Remove-DcApiToken")]
    [InlineData("$tokens = Get-DcApiToken -Session $a, $b; $tokens | Where-Object Name -like 'token-*' | Remove-DcApiToken")]
    [InlineData("$tokens = Get-DcApiToken -Session $b, $a; $tokens | ForEach-Object { $_ } | Remove-DcApiToken -ThrottleLimit 1")]
    public void Tokens_of_several_sessions_are_removed_each_where_it_lives(string script)
    {
        string[] ofA = [.. _a.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        string[] ofB = [.. _b.Tokens.Snapshot().Select(token => token.ApiTokenId)];

        Run(script).EnsureNoErrors();

        Assert.Equal(ofA.Order(), _a.Requests.Of("DELETE").Select(request => request.Path.Split('/')[^1]).Order());
        Assert.Equal(ofB.Order(), _b.Requests.Of("DELETE").Select(request => request.Path.Split('/')[^1]).Order());
        Assert.Equal((0, 0, 0L), (_a.Tokens.Count, _b.Tokens.Count, Emulator.Requests.Count));
    }

    [Fact]
    public void An_id_as_text_uses_the_default_session()
    {
        Seed(1);

        Run("Remove-DcApiToken $ids").EnsureNoErrors();

        Assert.Equal((0, 0L, 0L), (Emulator.Tokens.Count, _a.Requests.Count, _b.Requests.Count));
    }

    [Fact]
    public async Task A_session_of_another_organization_at_the_same_address_is_refused()
    {
        await StartAsync(new EmulatorOptions { Users = { new EmulatorUser { Token = "one" }, new EmulatorUser { Token = "other" } } });
        Emulator.Tokens.Seed(1);
        Shell.Set("uri", Emulator.BaseAddress);
        Shell.Set("one", Shell.Secure("one"));
        Shell.Set("other", Shell.Secure("other"));
        Run("$a = Connect-DcSession $one -BaseUri $uri -PassThru; $b = Connect-DcSession $other -BaseUri $uri -PassThru; $c = Connect-DcSession $one -BaseUri $uri -PassThru").EnsureNoErrors();

        ErrorRecord error = Run("Get-DcApiToken -Session $a | Remove-DcApiToken -Session $b").Error;

        Assert.StartsWith("InvalidRequest,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("organization", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Emulator.Tokens.Count);
        Run("Get-DcApiToken -Session $a | Remove-DcApiToken -Session $c").EnsureNoErrors();
        Assert.Equal(0, Emulator.Tokens.Count);
    }

    [Fact]
    public void A_session_that_leads_elsewhere_is_refused_for_each_token_and_nothing_is_removed()
    {
        ShellResult result = Run("Get-DcApiToken -Session $a | Remove-DcApiToken -Session $b");

        Assert.Null(result.Terminating);
        Assert.Equal(3, result.Errors.Count);
        Assert.All(result.Errors, error =>
        {
            Assert.Equal("InvalidRequest,DeepsetCloud.Commands.RemoveDcApiTokenCommand", error.FullyQualifiedErrorId);
            Assert.Contains("-Session", error.ToString(), StringComparison.Ordinal);
            Assert.NotNull(_a.Tokens.Find((string)error.TargetObject));
        });
        Assert.Equal((3, 3, 0L), (_a.Tokens.Count, _b.Tokens.Count, _b.Requests.Count));
    }

    [Fact]
    public void Another_session_at_the_same_place_is_as_good()
    {
        Shell.Set("again", TestSession.To(_a));

        Run("$tokens = Get-DcApiToken -Session $a; Disconnect-DcSession $a; $tokens | Remove-DcApiToken -Session $again").EnsureNoErrors();

        Assert.Equal(0, _a.Tokens.Count);
    }

    [Fact]
    public void Tokens_of_a_session_that_has_ended_cannot_be_removed_with_it()
    {
        ErrorRecord error = Shell.RunToError("$tokens = Get-DcApiToken -Session $a; Disconnect-DcSession $a; $tokens | Remove-DcApiToken");

        Assert.StartsWith("SessionRequired,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((3, 0L), (_a.Tokens.Count, Emulator.Requests.Count));
    }

    [Fact]
    public void Nothing_shows_or_stores_where_a_token_came_from()
    {
        PSObject token = Run("Get-DcApiToken -Session $a -First 1").EnsureNoErrors().Output[0];

        Assert.DoesNotContain(token.Members, member => member.Name.Contains("Origin", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("127.0.0.1", PSSerializer.Serialize(token, 9), StringComparison.Ordinal);
    }
}
