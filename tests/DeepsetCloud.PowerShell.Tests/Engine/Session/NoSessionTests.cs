namespace DeepsetCloud.Tests.Engine.Session;

[Collection(EnvironmentTests.Name)]
public class NoSessionTests
{
    [Theory]
    [InlineData("Get-DcApiToken")]
    [InlineData("New-DcApiToken ci")]
    [InlineData("Remove-DcApiToken 7aff1a3a-2fa9-4467-b392-51aa52c3f5ad")]
    [InlineData("Connect-DcSession")]
    public void Without_session_and_key_a_command_ends_and_says_what_to_do(string script)
    {
        using var none = new EnvironmentVariables();
        using var shell = new Shell();

        ShellResult result = shell.Run($"try {{ {script}; 'went on' }} catch [DeepsetCloud.DcApiException] {{ $_.FullyQualifiedErrorId }}");

        string command = script.Split(' ')[0].Replace("-", "", StringComparison.Ordinal);
        Assert.Equal($"SessionRequired,DeepsetCloud.Commands.{command}Command", Assert.Single(result.As<string>()));
    }

    [Fact]
    public async Task The_secret_of_a_session_that_nobody_holds_can_still_be_had()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var variables = new EnvironmentVariables(emulator.DefaultUser.Token, emulator.BaseAddress.ToString());
        using var shell = new Shell();

        shell.Run("New-DcApiToken ci | ForEach-Object { throw 'The vault is closed.' }");

        Assert.Contains("(Get-DcSession).TakeUndeliveredToken()", shell.Host.Shown, StringComparison.Ordinal);
        Assert.Equal("ci", Assert.Single(shell.Run("(Get-DcSession).TakeUndeliveredToken()").EnsureNoErrors().As<CreatedApiToken>()).Name);
    }
}
