using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

public class EndedSessionTests : EngineTest
{
    [Theory]
    [InlineData("Get-DcApiToken -Session $session")]
    [InlineData("Get-DcApiToken -PageNumber 1 -Session $session")]
    [InlineData("New-DcApiToken -Session $session")]
    [InlineData("Remove-DcApiToken a -Session $session")]
    [InlineData("Get-DcApiToken -Session $open, $session")]
    public void Its_use_is_an_error_that_ends_the_command(string script)
    {
        Run("Disconnect-DcSession").EnsureNoErrors();
        Shell.Set("open", TestSession.To(Emulator));

        ErrorRecord error = Shell.RunToError(script);

        Assert.StartsWith("SessionRequired,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("has been disconnected", error.ToString(), StringComparison.Ordinal);
        Assert.Same(Shell.Get("session"), error.TargetObject is object[] list ? list[^1] : error.TargetObject);
        Assert.Equal(0, Emulator.Requests.Count);
    }

    [Fact]
    public void It_still_says_what_it_was()
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();
        Run("$session = Get-DcSession; Disconnect-DcSession").EnsureNoErrors();

        var session = Assert.IsType<DcSession>(Shell.Get("session"));

        Assert.False(session.IsConnected);
        Assert.Equal(Emulator.BaseAddress, session.BaseUri);
        Assert.Equal("Analytical Engines, Ada Lovelace at 127.0.0.1", session.ToString());
        Assert.Equal(session, Assert.Single(Run("Get-DcSession $session").EnsureNoErrors().As<DcSession>()));
    }

    [Fact]
    public async Task Its_connections_are_closed()
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();
        Assert.Equal(1, Emulator.Connections.Open);

        Run("Disconnect-DcSession").EnsureNoErrors();

        Assert.True(await Emulator.Connections.WaitForNoneAsync(Patience));
    }

    [Fact]
    public async Task Ending_it_ends_what_it_has_under_way()
    {
        Hang();
        using RunningScript listing = Shell.Begin("Get-DcApiToken");
        await Eventually.TrueAsync(() => Emulator.Requests.Count == 1);

        using var other = new Shell();
        other.Set("session", Session);
        other.Run("Disconnect-DcSession $session").EnsureNoErrors();

        Assert.Equal("SessionRequired", listing.End().ErrorId);
    }
}
