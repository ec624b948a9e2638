using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

public class EndedSessionTests
{
    [Theory]
    [InlineData("Get-DcApiToken -Session $session")]
    [InlineData("Get-DcApiToken -PageNumber 1 -Session $session")]
    [InlineData("New-DcApiToken -Session $session")]
    [InlineData("Remove-DcApiToken a -Session $session")]
    [InlineData("Get-DcApiToken -Session $open, $session")]
    public async Task Its_use_is_an_error_that_ends_the_command(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run("$session = Get-DcSession; Disconnect-DcSession").EnsureNoErrors();
        shell.Set("open", TestSession.To(emulator));

        ErrorRecord error = shell.RunToError(script);

        Assert.StartsWith("SessionRequired,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("has been disconnected", error.ToString(), StringComparison.Ordinal);
        Assert.Same(shell.Get("session"), error.TargetObject is object[] list ? list[^1] : error.TargetObject);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task It_still_says_what_it_was()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator, "");
        shell.Run("$session = Get-DcSession; Disconnect-DcSession").EnsureNoErrors();

        var session = Assert.IsType<DcSession>(shell.Get("session"));

        Assert.False(session.IsConnected);
        Assert.Equal(emulator.BaseAddress, session.BaseUri);
        Assert.Equal("Analytical Engines, Ada Lovelace at 127.0.0.1", session.ToString());
        Assert.Equal(session, Assert.Single(shell.Run("Get-DcSession $session").EnsureNoErrors().As<DcSession>()));
    }

    [Fact]
    public async Task Its_connections_are_closed()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator, "");
        Assert.Equal(1, emulator.Connections.Open);

        shell.Run("Disconnect-DcSession").EnsureNoErrors();

        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Ending_it_ends_what_it_has_under_way()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(FaultKind.HangBeforeProcessing);
        using var shell = new Shell();
        DcSession session = TestSession.To(emulator);
        shell.Set("session", session);
        using RunningScript listing = shell.Begin("Get-DcApiToken -Session $session");
        Assert.True(await emulator.Requests.WaitForCountAsync(1, TimeSpan.FromSeconds(30)));

        using var other = new Shell();
        other.Set("session", session);
        other.Run("Disconnect-DcSession $session").EnsureNoErrors();

        Assert.StartsWith("SessionRequired,", listing.End().Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
