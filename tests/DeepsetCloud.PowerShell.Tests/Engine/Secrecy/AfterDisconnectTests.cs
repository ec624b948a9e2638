namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>What is left of a key when its session has ended: nothing, to the last private field.</summary>
public class AfterDisconnectTests
{
    private readonly Secret _secret = Secret.Make();

    [Fact]
    public async Task The_key_is_in_the_session_as_long_as_it_lasts_and_gone_after_it()
    {
        await using EmulatorServer emulator = await Emulator();
        emulator.Tokens.Seed(120);
        using var shell = new Shell(emulator, "");
        shell.Run("$session = Get-DcSession; $tokens = Get-DcApiToken; New-DcApiToken ci; $tokens[0] | Remove-DcApiToken").EnsureNoErrors();
        var session = Assert.IsType<DcSession>(shell.Get("session"));
        ApiToken token = shell.Run("$tokens[1]").As<ApiToken>()[0];
        Assert.NotNull(ObjectGraph.Find(session, _secret.Text));
        Assert.NotNull(ObjectGraph.Find(token, _secret.Text));

        shell.Run("Disconnect-DcSession").EnsureNoErrors();

        // The connections say good-bye on threads of their own.
        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)));
        Assert.Null(ObjectGraph.Find(session, _secret.Text));
        Assert.Null(ObjectGraph.Find(token, _secret.Text));
    }

    [Fact]
    public async Task It_is_gone_after_errors_too()
    {
        await using EmulatorServer emulator = await Emulator();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Body = _secret.Text });
        emulator.Faults.Add(FaultKind.ResetAfterRead, "POST");
        using var shell = new Shell(emulator);
        ShellResult result = shell.Run("$session = Get-DcSession; Get-DcApiToken; New-DcApiToken; Get-DcApiToken -Workspace nowhere");
        var session = Assert.IsType<DcSession>(shell.Get("session"));
        Assert.Equal(3, result.Errors.Count);

        shell.Run("Disconnect-DcSession").EnsureNoErrors();

        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)));
        Assert.Null(ObjectGraph.Find(session, _secret.Text));
        Assert.All(result.Errors, error => Assert.Null(ObjectGraph.Find(error.Exception, _secret.Text)));
    }

    [Fact]
    public async Task A_key_that_was_not_accepted_is_not_kept_in_the_error_about_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(_secret.Text));
        shell.Set("baseUri", emulator.BaseAddress.ToString());

        var session = Assert.IsType<DcSession>(shell.RunToError("Connect-DcSession $key -BaseUri $baseUri").TargetObject);

        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)));
        Assert.Null(ObjectGraph.Find(session, _secret.Text));
    }

    private Task<EmulatorServer> Emulator() => EmulatorServer.StartAsync(new EmulatorOptions { AcceptedUserToken = _secret.Text });
}
