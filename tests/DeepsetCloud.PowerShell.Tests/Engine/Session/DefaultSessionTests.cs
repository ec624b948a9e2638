namespace DeepsetCloud.Tests.Engine.Session;

public class DefaultSessionTests : EngineTest
{
    [Fact]
    public void A_session_made_in_a_function_is_the_default_everywhere_in_the_runspace()
    {
        Shell.Set("uri", Emulator.BaseAddress);

        Run("function Connect { & { Connect-DcSession $key -BaseUri $uri } }; Connect").EnsureNoErrors();

        Assert.Equal(Emulator.BaseAddress, Assert.Single(Run("Get-DcSession").As<DcSession>()).BaseUri);
        Run("Disconnect-DcSession").EnsureNoErrors();
        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
    }
}
