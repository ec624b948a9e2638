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
}
