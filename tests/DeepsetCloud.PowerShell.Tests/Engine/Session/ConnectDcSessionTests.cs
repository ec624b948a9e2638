using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

public class ConnectDcSessionTests
{
    [Theory]
    [InlineData("Connect-DcSession -ApiKey $key -BaseUri $baseUri -PassThru")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri -PassThru")]
    [InlineData("Connect-DcSession -Credential ([pscredential]::new('anybody', $key)) -BaseUri $baseUri -PassThru")]
    public async Task A_key_and_a_credential_connect(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator);

        DcSession session = Assert.Single(shell.Run(script).EnsureNoErrors().As<DcSession>());

        Assert.Equal("GET /api/v1/me -> 200", Assert.Single(emulator.Requests.Snapshot()).ToString());
        Assert.Equal(emulator.BaseAddress, session.BaseUri);
        Assert.True(session.IsConnected);
        Assert.Equal(100, session.TimeoutSec);
        Assert.Equal(4, session.MaximumRetryCount);
        Assert.InRange(session.ConnectedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.Same(session, Assert.Single(shell.Run("Get-DcSession").EnsureNoErrors().As<DcSession>()));
    }

    [Fact]
    public async Task It_writes_nothing_without_PassThru()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator);

        Assert.Empty(shell.Run("Connect-DcSession -ApiKey $key -BaseUri $baseUri").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task It_keeps_who_is_signed_in_and_where()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator);

        DcSession session = Assert.Single(shell.Run("Connect-DcSession $key -BaseUri $baseUri -PassThru").EnsureNoErrors().As<DcSession>());

        EmulatorUser user = emulator.DefaultUser;
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
    public async Task It_takes_time_out_and_retries()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator);

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri -TimeoutSec 7 -MaximumRetryCount 0 -PassThru");

        DcSession session = Assert.Single(result.EnsureNoErrors().As<DcSession>());
        Assert.Equal((7, 0), (session.TimeoutSec, session.MaximumRetryCount));
    }

    [Theory]
    [InlineData("-Region EU", "https://api.cloud.deepset.ai/")]
    [InlineData("-Region us", "https://api.us.deepset.ai/")]
    public void Each_region_has_its_address(string arguments, string address)
    {
        using var shell = new Shell();
        shell.Set("key", Shell.Secure("api_x"));

        ShellResult result = shell.Run($"Connect-DcSession $key {arguments} -SkipVerification -PassThru");

        Assert.Equal(address, Assert.Single(result.EnsureNoErrors().As<DcSession>()).BaseUri.ToString());
    }

    [Fact]
    public async Task A_new_session_takes_the_place_of_the_last_one_which_stays_open()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        await using EmulatorServer second = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(first);
        shell.Set("other", second.BaseAddress.ToString());

        shell.Run("$old = Connect-DcSession $key -BaseUri $baseUri -PassThru; Connect-DcSession $key -BaseUri $other").EnsureNoErrors();
        shell.Run("Get-DcApiToken; Get-DcApiToken -Session $old").EnsureNoErrors();

        Assert.Single(first.Requests.Of("GET", "/api/v1/token"));
        Assert.Single(second.Requests.Of("GET", "/api/v1/token"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$default = Connect-DcSession $key -BaseUri $baseUri -PassThru; ")]
    public async Task NoDefault_leaves_the_default_session_as_it_is(string before)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator);

        ShellResult made = shell.Run(before + "Connect-DcSession $key -BaseUri $baseUri -NoDefault -PassThru").EnsureNoErrors();

        var apart = Assert.IsType<DcSession>(Assert.Single(made.Output).BaseObject);
        Assert.Equal(shell.Get("default"), shell.Run("Get-DcSession").EnsureNoErrors().As<DcSession>().SingleOrDefault());
        shell.Run("Disconnect-DcSession").EnsureNoErrors();
        Assert.True(apart.IsConnected);
    }

    [Theory]
    [InlineData("-NoDefault")]
    [InlineData("-NoDefault -PassThru:$false")]
    public async Task NoDefault_without_PassThru_is_refused_since_nobody_would_have_the_session(string arguments)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator);

        ErrorRecord error = shell.RunToError($"Connect-DcSession $key -BaseUri $baseUri {arguments}");

        Assert.Equal("InvalidRequest,DeepsetCloud.Commands.ConnectDcSessionCommand", error.FullyQualifiedErrorId);
        Assert.Contains("-PassThru", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_fails_leaves_the_default_session_as_it_was()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        object before = shell.Run("Get-DcSession").As<DcSession>()[0];
        shell.Set("wrong", Shell.Secure("nobody's"));

        ErrorRecord error = shell.Run("Connect-DcSession $wrong -BaseUri $baseUri").Error;

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.ConnectDcSessionCommand", error.FullyQualifiedErrorId);
        Assert.Same(before, shell.Run("Get-DcSession").As<DcSession>()[0]);
    }

    private static Shell Prepare(EmulatorServer emulator)
    {
        var shell = new Shell();
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));
        shell.Set("baseUri", emulator.BaseAddress.ToString());
        return shell;
    }
}
