using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>-Session, then the default session of the runspace, then the environment.</summary>
[Collection(EnvironmentTests.Name)]
public class PrecedenceTests
{
    private const string EnvironmentKey = "key-of-the-environment";

    public static TheoryData<string> Commands { get; } =
        ["Get-DcApiToken", "Get-DcApiToken -PageNumber 1", "New-DcApiToken", "Remove-DcApiToken none -ErrorAction Ignore"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_session_that_is_given_goes_first(string command)
    {
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        await using EmulatorServer away = await EmulatorServer.StartAsync();
        using var environment = new EnvironmentVariables(EnvironmentKey, home.BaseAddress.ToString());
        using var shell = new Shell(home);
        shell.Set("away", TestSession.To(away));

        shell.Run(command + " -Session $away").EnsureNoErrors();

        Assert.Equal((0, 1), (home.Requests.Count, away.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Then_the_default_session(string command)
    {
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        await using EmulatorServer away = await EmulatorServer.StartAsync();
        using var environment = new EnvironmentVariables(EnvironmentKey, away.BaseAddress.ToString());
        using var shell = new Shell(home);

        ShellResult result = shell.Run(command + " -Verbose").EnsureNoErrors();

        Assert.Equal((1, 0), (home.Requests.Count, away.Requests.Count));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("DEEPSET_API_KEY", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Then_the_environment_which_verbose_output_names(string command)
    {
        await using EmulatorServer emulator = await Emulator();
        using var environment = new EnvironmentVariables(EnvironmentKey, emulator.BaseAddress + "api/v1");
        using var shell = new Shell();

        ShellResult result = shell.Run(command + " -Verbose").EnsureNoErrors();

        Assert.Equal("Bearer " + EnvironmentKey, Assert.Single(emulator.Requests.Snapshot()).Headers["Authorization"]);
        Assert.Contains(result.Verbose, line => line.Contains("DEEPSET_API_KEY", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, line => line.Contains(EnvironmentKey, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Then_nothing_and_that_ends_the_command(string? key)
    {
        await using EmulatorServer emulator = await Emulator();
        using var environment = new EnvironmentVariables(key, emulator.BaseAddress.ToString());
        using var shell = new Shell();

        foreach (string command in (string[])["Get-DcApiToken", "New-DcApiToken", "Remove-DcApiToken a"])
        {
            ErrorRecord error = shell.RunToError(command);

            Assert.StartsWith("SessionRequired,DeepsetCloud.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
            Assert.Contains("DEEPSET_API_KEY", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("Connect-DcSession", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task Commands_of_one_pipeline_share_the_connections_of_the_environment()
    {
        await using EmulatorServer emulator = await Emulator();
        emulator.Tokens.Seed(10);
        using var environment = new EnvironmentVariables(EnvironmentKey, emulator.BaseAddress.ToString());
        using var shell = new Shell();

        shell.Run("Get-DcApiToken -First 3 | Remove-DcApiToken -ThrottleLimit 1; Get-DcApiToken").EnsureNoErrors();

        Assert.Equal(7, emulator.Tokens.Count);
        Assert.Equal(1, emulator.Connections.Accepted);
    }

    [Fact]
    public async Task Disconnect_ends_the_session_of_the_environment_too()
    {
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        await using EmulatorServer emulator = await Emulator();
        emulator.Tokens.Seed(2);
        using var environment = new EnvironmentVariables(EnvironmentKey, emulator.BaseAddress.ToString());
        using var shell = new Shell();
        shell.Run("$tokens = Get-DcApiToken").EnsureNoErrors();
        shell.Set("another", TestSession.To(home));

        ShellResult ended = shell.Run("Disconnect-DcSession -Verbose").EnsureNoErrors();
        ErrorRecord error = shell.RunToError("$tokens[0] | Remove-DcApiToken");

        Assert.Contains("Disconnected 127.0.0.1", Assert.Single(ended.Verbose), StringComparison.Ordinal);
        Assert.StartsWith("SessionRequired,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("no session", Assert.Single(shell.Run("Disconnect-DcSession -Verbose").EnsureNoErrors().Verbose), StringComparison.Ordinal);
        Assert.Equal(2, emulator.Tokens.Count);

        shell.Run("Get-DcApiToken").EnsureNoErrors();
        Assert.Equal(2, emulator.Connections.Accepted);
        Assert.True(((DcSession)shell.Get("another")!).IsConnected);
    }

    [Fact]
    public async Task A_changed_environment_counts_at_once()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { Users = { new EmulatorUser { Token = EnvironmentKey }, new EmulatorUser { Token = "another-key" } } });
        await using EmulatorServer other = await Emulator();
        using var environment = new EnvironmentVariables(EnvironmentKey, emulator.BaseAddress.ToString());
        using var shell = new Shell();

        shell.Run("Get-DcApiToken").EnsureNoErrors();
        EnvironmentVariables.Set("Bearer another-key", emulator.BaseAddress.ToString());
        shell.Run("Get-DcApiToken").EnsureNoErrors();
        EnvironmentVariables.Set(EnvironmentKey, other.BaseAddress.ToString());
        shell.Run("Get-DcApiToken").EnsureNoErrors();
        EnvironmentVariables.Set(null, null);

        Assert.Equal(["Bearer " + EnvironmentKey, "Bearer another-key"], emulator.Requests.Snapshot().Select(request => request.Headers["Authorization"]));
        Assert.Equal(1, other.Requests.Count);
        Assert.StartsWith("SessionRequired", shell.Run("Get-DcApiToken").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key with blanks", null, "DEEPSET_API_KEY")]
    [InlineData("key\nX-Evil: 1", null, "DEEPSET_API_KEY")]
    [InlineData(EnvironmentKey, "ftp://somewhere", "DEEPSET_API_URL")]
    [InlineData(EnvironmentKey, "http://somewhere.example", "DEEPSET_API_URL")]
    public void A_bad_variable_is_refused_by_name(string key, string? address, string variable)
    {
        using var environment = new EnvironmentVariables(key, address);
        using var shell = new Shell();

        foreach (string command in (string[])["Get-DcApiToken", "Connect-DcSession"])
        {
            ErrorRecord error = shell.RunToError(command);

            Assert.StartsWith("InvalidRequest,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(variable, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Connect_takes_key_and_address_of_the_environment_too()
    {
        await using EmulatorServer emulator = await Emulator();
        await using EmulatorServer given = await EmulatorServer.StartAsync();
        using var environment = new EnvironmentVariables("Bearer " + EnvironmentKey + "\n", emulator.BaseAddress + "api/");
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(given.DefaultUser.Token));
        shell.Set("given", given.BaseAddress);

        ShellResult result = shell.Run("Connect-DcSession -Verbose").EnsureNoErrors();
        shell.Run("Connect-DcSession $key -BaseUri $given").EnsureNoErrors();

        Assert.Equal("Bearer " + EnvironmentKey, Assert.Single(emulator.Requests.Snapshot()).Headers["Authorization"]);
        Assert.Contains(result.Verbose, line => line.Contains("DEEPSET_API_KEY", StringComparison.Ordinal));
        Assert.Single(given.Requests.Snapshot());
        Assert.Equal(
            "https://api.us.deepset.ai/",
            Assert.Single(shell.Run("Connect-DcSession -Region US -SkipVerification -PassThru").EnsureNoErrors().As<DcSession>()).BaseUri.ToString());
    }

    private static Task<EmulatorServer> Emulator() => EmulatorServer.StartAsync(new EmulatorOptions { AcceptedUserToken = EnvironmentKey });
}
