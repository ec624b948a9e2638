namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Get-DcSession and Disconnect-DcSession.</summary>
public class DcSessionTests
{
    [Fact]
    public void Without_a_session_there_is_nothing_to_get_or_to_end()
    {
        using var shell = new Shell();

        ShellResult got = shell.Run("Get-DcSession -Verbose").EnsureNoErrors();
        ShellResult ended = shell.Run("Disconnect-DcSession -Verbose").EnsureNoErrors();

        Assert.Empty(got.Output);
        Assert.Contains("no default session", Assert.Single(got.Verbose), StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.Contains("no session in this runspace", Assert.Single(ended.Verbose), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-DcSession $a, $b")]
    [InlineData("Get-DcSession -Session $a, $b")]
    [InlineData("$a, $b | Get-DcSession")]
    public async Task Sessions_that_are_given_come_out_again(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithTwo(emulator, out DcSession a, out DcSession b);

        Assert.Equal([a, b], shell.Run(script).EnsureNoErrors().As<DcSession>());
    }

    [Fact]
    public async Task The_default_session_is_ended_and_forgotten()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run("$session = Get-DcSession").EnsureNoErrors();

        Assert.Empty(shell.Run("Disconnect-DcSession").EnsureNoErrors().Output);

        Assert.False(Assert.IsType<DcSession>(shell.Get("session")).IsConnected);
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
    }

    [Theory]
    [InlineData("Disconnect-DcSession $a, $b")]
    [InlineData("Disconnect-DcSession -Session $a, $b")]
    [InlineData("$a, $b | Disconnect-DcSession")]
    [InlineData("Get-DcSession $a, $b | Disconnect-DcSession")]
    [InlineData("Disconnect-DcSession $a, $b, $a; $b | Disconnect-DcSession")]
    public async Task Only_the_sessions_that_are_given_end(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithTwo(emulator, out DcSession a, out DcSession b);

        shell.Run(script).EnsureNoErrors();

        Assert.False(a.IsConnected);
        Assert.False(b.IsConnected);
        Assert.True(Assert.Single(shell.Run("Get-DcSession").As<DcSession>()).IsConnected);
        shell.Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Fact]
    public async Task The_default_session_ended_by_name_is_forgotten_too()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("Get-DcSession | Disconnect-DcSession").EnsureNoErrors();

        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
    }

    private static Shell WithTwo(EmulatorServer emulator, out DcSession a, out DcSession b)
    {
        var shell = new Shell(emulator);
        shell.Set("a", a = TestSession.To(emulator));
        shell.Set("b", b = TestSession.To(emulator));
        return shell;
    }
}
