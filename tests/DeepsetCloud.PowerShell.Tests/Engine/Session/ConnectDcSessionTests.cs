using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

public class ConnectDcSessionTests : EngineTest
{
    private protected override bool HasDefaultSession => false;

    [Theory]
    [InlineData("Connect-DcSession -ApiKey $key -BaseUri $baseUri -PassThru")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri -PassThru")]
    [InlineData("Connect-DcSession -Credential ([pscredential]::new('anybody', $key)) -BaseUri $baseUri -PassThru")]
    public void A_key_and_a_credential_connect(string script)
    {
        DcSession session = Assert.Single(Run(script).EnsureNoErrors().As<DcSession>());

        Assert.Equal("GET /api/v1/me -> 200", Assert.Single(Emulator.Requests.Snapshot()).ToString());
        Assert.Equal(Emulator.BaseAddress, session.BaseUri);
        Assert.True(session.IsConnected);
        Assert.Equal(100, session.TimeoutSec);
        Assert.Equal(4, session.MaximumRetryCount);
        Assert.InRange(session.ConnectedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.Same(session, Assert.Single(Run("Get-DcSession").EnsureNoErrors().As<DcSession>()));
    }

    [Fact]
    public void It_writes_nothing_without_PassThru() => Assert.Empty(Run("Connect-DcSession -ApiKey $key -BaseUri $baseUri").EnsureNoErrors().Output);

    [Fact]
    public void It_keeps_who_is_signed_in_and_where()
    {
        DcSession session = Assert.Single(Run("Connect-DcSession $key -BaseUri $baseUri -PassThru").EnsureNoErrors().As<DcSession>());

        EmulatorUser user = Emulator.DefaultUser;
        Assert.Equal(
            (user.UserId, user.Email, user.GivenName, user.FamilyName),
            (session.User!.UserId, session.User.Email, session.User.GivenName, session.User.FamilyName));
        Assert.Equal(
            (user.OrganizationId, user.OrganizationName, user.OrganizationRole),
            (session.Organization!.OrganizationId, session.Organization.Name, session.Organization.Role));
        Assert.Equal(["default", "production", "staging"], session.Organization.Workspaces);
        Assert.Equal("Analytical Engines, Ada Lovelace at 127.0.0.1", session.ToString());
    }

    [Fact]
    public void It_takes_time_out_and_retries()
    {
        ShellResult result = Run("Connect-DcSession $key -BaseUri $baseUri -TimeoutSec 7 -MaximumRetryCount 0 -PassThru");

        DcSession session = Assert.Single(result.EnsureNoErrors().As<DcSession>());
        Assert.Equal((7, 0), (session.TimeoutSec, session.MaximumRetryCount));
    }

    [Theory]
    [InlineData("-Region EU", "https://api.cloud.deepset.ai/")]
    [InlineData("-Region us", "https://api.us.deepset.ai/")]
    public void Each_region_has_its_address(string arguments, string address)
    {
        Shell.Set("key", Shell.Secure("api_x"));

        ShellResult result = Run($"Connect-DcSession $key {arguments} -SkipVerification -PassThru");

        Assert.Equal(address, Assert.Single(result.EnsureNoErrors().As<DcSession>()).BaseUri.ToString());
    }

    [Fact]
    public async Task A_new_session_takes_the_place_of_the_last_one_which_stays_open()
    {
        await using EmulatorServer second = await EmulatorServer.StartAsync();
        Shell.Set("other", second.BaseAddress.ToString());

        Run("$old = Connect-DcSession $key -BaseUri $baseUri -PassThru; Connect-DcSession $key -BaseUri $other").EnsureNoErrors();
        Run("Get-DcApiToken; Get-DcApiToken -Session $old").EnsureNoErrors();

        Assert.Single(Emulator.Requests.Of("GET", "/api/v1/token"));
        Assert.Single(second.Requests.Of("GET", "/api/v1/token"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$default = Connect-DcSession $key -BaseUri $baseUri -PassThru; ")]
    public void NoDefault_leaves_the_default_session_as_it_is(string before)
    {
        ShellResult made = Run(before + "Connect-DcSession $key -BaseUri $baseUri -NoDefault -PassThru").EnsureNoErrors();

        var apart = Assert.IsType<DcSession>(Assert.Single(made.Output).BaseObject);
        Assert.Equal(Shell.Get("default"), Run("Get-DcSession").EnsureNoErrors().As<DcSession>().SingleOrDefault());
        Run("Disconnect-DcSession").EnsureNoErrors();
        Assert.True(apart.IsConnected);
    }

    [Theory]
    [InlineData("-NoDefault")]
    [InlineData("-NoDefault -PassThru:$false")]
    public void NoDefault_without_PassThru_is_refused_since_nobody_would_have_the_session(string arguments)
    {
        ErrorRecord error = Shell.RunToError($"Connect-DcSession $key -BaseUri $baseUri {arguments}");

        Assert.Equal("InvalidRequest,DeepsetCloud.Commands.ConnectDcSessionCommand", error.FullyQualifiedErrorId);
        Assert.Contains("-PassThru", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Emulator.Requests.Count);
    }

    [Fact]
    public void A_connection_that_fails_leaves_the_default_session_as_it_was()
    {
        DcSession before = Connect();
        Shell.Set("wrong", Shell.Secure("nobody's"));

        ErrorRecord error = Run("Connect-DcSession $wrong -BaseUri $baseUri").Error;

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.ConnectDcSessionCommand", error.FullyQualifiedErrorId);
        Assert.Same(before, Run("Get-DcSession").As<DcSession>()[0]);
    }
}
