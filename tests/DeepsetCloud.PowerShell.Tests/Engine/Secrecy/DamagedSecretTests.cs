namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>An answer to a creation that is damaged around its secret: the error says so, and nothing of what was read.</summary>
public class DamagedSecretTests
{
    private const string Secret = "api_TOPSECRET0123456789";

    [Theory]
    [InlineData("{\"api_token\":\"" + Secret + "\"")]
    [InlineData("{\"api_token\":\"" + Secret)]
    [InlineData("{\"api_token\":" + Secret + "}")]
    [InlineData("{\"api_token\":t" + Secret + "}")]
    [InlineData("{\"api_token\":n\"" + Secret + "\"}")]
    [InlineData("{\"api_token\":\"" + Secret + "\\x\"}")]
    [InlineData("{\"api_token\":\"" + Secret + "\\ud800\"}")]
    [InlineData("{\"api_token\":\"" + Secret + "\\u0007\"}")]
    [InlineData("{\"api_token\":[\"" + Secret + "\"]}")]
    [InlineData("{\"api_token\":-" + Secret + "}")]
    [InlineData("{\"" + Secret + "\":1}")]
    [InlineData("\"" + Secret + "\"")]
    [InlineData(Secret)]
    [InlineData("f" + Secret)]
    public async Task Nothing_that_was_read_is_told(string body)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Status = 201, Body = body });
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("New-DcApiToken -Verbose -Debug");

        Assert.StartsWith("CreationUncertain,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        string told = string.Join('\n', [result.Error.Exception.ToString(), result.Error.ToString(), .. result.Verbose, .. result.Debug, shell.Host.Shown]);
        Assert.DoesNotContain("TOPSECRET", told, StringComparison.Ordinal);
    }
}
