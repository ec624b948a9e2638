namespace DeepsetCloud.Tests.Engine.Session;

public class DefaultSessionTests
{
    [Fact]
    public async Task A_session_made_in_a_function_is_the_default_everywhere_in_the_runspace()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("uri", emulator.BaseAddress);
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));

        shell.Run("function Connect { & { Connect-DcSession $key -BaseUri $uri } }; Connect").EnsureNoErrors();

        Assert.Equal(emulator.BaseAddress, Assert.Single(shell.Run("Get-DcSession").As<DcSession>()).BaseUri);
        shell.Run("Disconnect-DcSession").EnsureNoErrors();
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
    }
}
