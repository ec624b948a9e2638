namespace DeepsetCloud.Tests.Engine.Session;

public class DefaultSessionPerRunspaceTests
{
    [Fact]
    public async Task A_session_made_in_one_runspace_is_unknown_in_another()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var connected = new Shell(emulator);
        using var other = new Shell();

        Assert.Single(connected.Run("Get-DcSession").EnsureNoErrors().Output);
        Assert.Empty(other.Run("Get-DcSession").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task Each_runspace_has_its_own()
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        using var first = new Shell(a);
        using var second = new Shell(b);

        first.Run("Get-DcApiToken").EnsureNoErrors();
        second.Run("Get-DcApiToken").EnsureNoErrors();
        first.Run("New-DcApiToken").EnsureNoErrors();

        Assert.Equal((2L, 1L), (a.Requests.Count, b.Requests.Count));
    }

    [Fact]
    public async Task Connecting_and_disconnecting_in_one_never_touches_another()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        using var steady = new Shell(emulator);
        using var restless = new Shell(emulator);
        restless.Run("$key = $key").EnsureNoErrors();

        using RunningScript changing = restless.Begin(
            "1..20 | ForEach-Object { Disconnect-DcSession; Connect-DcSession $key -BaseUri $baseUri; (Get-DcApiToken).Count }");
        using RunningScript listing = steady.Begin("1..50 | ForEach-Object { (Get-DcApiToken).Count }");

        Assert.Equal(Enumerable.Repeat<object>(3, 50), listing.End().EnsureNoErrors().Output.Select(output => output.BaseObject));
        Assert.Equal(Enumerable.Repeat<object>(3, 20), changing.End().EnsureNoErrors().Output.Select(output => output.BaseObject));
        Assert.True(Assert.Single(steady.Run("Get-DcSession").As<DcSession>()).IsConnected);
    }

    [Fact]
    public async Task A_runspace_that_ends_takes_no_session_of_another_with_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var staying = new Shell(emulator);
        using (var leaving = new Shell(emulator))
        {
            leaving.Run("Get-DcApiToken").EnsureNoErrors();
        }

        staying.Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Fact]
    public async Task A_session_that_is_handed_over_can_be_used_there_and_is_no_default_there()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var owner = new Shell(emulator);
        using var user = new Shell();
        user.Set("session", Assert.Single(owner.Run("Get-DcSession").As<DcSession>()));

        user.Run("Get-DcApiToken -Session $session").EnsureNoErrors();

        Assert.Empty(user.Run("Get-DcSession").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task A_runspace_that_is_reset_for_its_next_user_has_forgotten_the_session()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Runspace.ResetRunspaceState();

        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
    }
}
