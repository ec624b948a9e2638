using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Connect-DcSession asks who the key belongs to: only "nobody" is a reason not to connect.</summary>
public class VerificationTests
{
    [Fact]
    public async Task A_key_that_is_not_accepted_ends_the_command()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator, "nobody's-key");

        ErrorRecord error = shell.RunToError("Connect-DcSession $key -BaseUri $baseUri -PassThru");

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.ConnectDcSessionCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains("Could not validate credentials", error.ToString(), StringComparison.Ordinal);
        Assert.False(Assert.IsType<DcSession>(error.TargetObject).IsConnected);
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Any_other_answer_is_a_warning(int status)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, PathPrefix = "/api/v1/me", Status = status, Body = """{"detail":"in its own words"}""" });
        using Shell shell = Prepare(emulator);

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri -MaximumRetryCount 0").EnsureNoErrors();

        Assert.Contains("in its own words", Assert.Single(result.Warnings), StringComparison.Ordinal);
        shell.Run("Get-DcApiToken").EnsureNoErrors();
        Assert.Null(Assert.Single(shell.Run("Get-DcSession").As<DcSession>()).User);
    }

    [Theory]
    [InlineData(FaultKind.ResetAfterRead)]
    [InlineData(FaultKind.ResetOnAccept)]
    [InlineData(FaultKind.CutBody)]
    public async Task So_is_a_broken_connection(FaultKind kind)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(kind);
        using Shell shell = Prepare(emulator);

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri -MaximumRetryCount 0").EnsureNoErrors();

        Assert.Single(result.Warnings);
        shell.Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Theory]
    [InlineData("<html><title>Welcome</title></html>", "text/html")]
    [InlineData("[]", "application/json")]
    [InlineData("not json", "application/json")]
    public async Task So_is_an_answer_that_is_no_user(string body, string type)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = body, ContentType = type });
        using Shell shell = Prepare(emulator);

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();

        Assert.Contains("could not be verified", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_organization_is_a_user()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = """{"given_name":"Ada","organization":null,"user_id":7}""" });
        using Shell shell = Prepare(emulator);

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri -PassThru").EnsureNoErrors();

        DcSession session = Assert.Single(result.As<DcSession>());
        Assert.Empty(result.Warnings);
        Assert.Equal(("Ada", null, null), (session.User!.ToString(), session.User.UserId, session.Organization));
    }

    [Fact]
    public async Task SkipVerification_asks_nothing()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator, "nobody's-key");

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri -SkipVerification -PassThru").EnsureNoErrors();

        Assert.Null(Assert.Single(result.As<DcSession>()).User);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task A_key_that_stops_working_ends_the_next_command()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Prepare(emulator, "nobody's-key");
        shell.Run("Connect-DcSession $key -BaseUri $baseUri -SkipVerification").EnsureNoErrors();

        foreach (string script in (string[])["Get-DcApiToken", "New-DcApiToken", "Remove-DcApiToken a"])
        {
            Assert.StartsWith("Unauthorized,", shell.RunToError(script).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    private static Shell Prepare(EmulatorServer emulator, string? key = null)
    {
        var shell = new Shell();
        shell.Set("key", Shell.Secure(key ?? emulator.DefaultUser.Token));
        shell.Set("baseUri", emulator.BaseAddress.ToString());
        return shell;
    }
}
