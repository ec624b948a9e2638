namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Get-DcSession and Disconnect-DcSession.</summary>
public class DcSessionTests : EngineTest
{
    [Fact]
    public void Without_a_session_there_is_nothing_to_get_or_to_end()
    {
        Run("Disconnect-DcSession").EnsureNoErrors();

        ShellResult got = Run("Get-DcSession -Verbose").EnsureNoErrors();
        ShellResult ended = Run("Disconnect-DcSession -Verbose").EnsureNoErrors();

        Assert.Empty(got.Output);
        Assert.Contains("no default session", Assert.Single(got.Verbose), StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.Contains("no session in this runspace", Assert.Single(ended.Verbose), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-DcSession $a, $b")]
    [InlineData("Get-DcSession -Session $a, $b")]
    [InlineData("$a, $b | Get-DcSession")]
    public void Sessions_that_are_given_come_out_again(string script)
    {
        (DcSession a, DcSession b) = SetTwo();

        Assert.Equal([a, b], Run(script).EnsureNoErrors().As<DcSession>());
    }

    [Fact]
    public void The_default_session_is_ended_and_forgotten()
    {
        Run("$session = Get-DcSession").EnsureNoErrors();

        Assert.Empty(Run("Disconnect-DcSession").EnsureNoErrors().Output);

        Assert.False(Assert.IsType<DcSession>(Shell.Get("session")).IsConnected);
        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
    }

    [Theory]
    [InlineData("Disconnect-DcSession $a, $b")]
    [InlineData("Disconnect-DcSession -Session $a, $b")]
    [InlineData("$a, $b | Disconnect-DcSession")]
    [InlineData("Get-DcSession $a, $b | Disconnect-DcSession")]
    [InlineData("Disconnect-DcSession $a, $b, $a; $b | Disconnect-DcSession")]
    public void Only_the_sessions_that_are_given_end(string script)
    {
        (DcSession a, DcSession b) = SetTwo();

        Run(script).EnsureNoErrors();

        Assert.False(a.IsConnected);
        Assert.False(b.IsConnected);
        Assert.True(Assert.Single(Run("Get-DcSession").As<DcSession>()).IsConnected);
        Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Fact]
    public void The_default_session_ended_by_name_is_forgotten_too()
    {
        Run("Get-DcSession | Disconnect-DcSession").EnsureNoErrors();

        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
    }

    private (DcSession A, DcSession B) SetTwo()
    {
        DcSession a = TestSession.To(Emulator), b = TestSession.To(Emulator);
        Shell.Set("a", a);
        Shell.Set("b", b);
        return (a, b);
    }
}
