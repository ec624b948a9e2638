using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>A response to a creation that is damaged around its secret: the error says so, and nothing of what was read.</summary>
public class BrokenResponseTests : EngineTest
{
    private const string Secret = "api_0123456789abcdefghijNEW";

    // The HTTP client itself repeats what it could not read.
    [Theory]
    [InlineData("{\"api_token\":\"" + Secret + "\"}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n" + Secret + "\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n{\"api_token\":\"" + Secret + "\"}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{\"api_token\":\"" + Secret + "\"}\r\n\r\n")]
    public async Task A_response_that_is_not_HTTP_is_not_repeated(string response)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await StartAsync(retries: 0, address: new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        using RunningScript running = Shell.Begin("New-DcApiToken x -Verbose -Debug");

        using Socket client = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await client.ReceiveAsync(new byte[8192], TestContext.Current.CancellationToken);
        await client.SendAsync(Encoding.ASCII.GetBytes(response), TestContext.Current.CancellationToken);
        client.Shutdown(SocketShutdown.Both);

        AssertTellsNothing(running.End());
    }

    // Besides these, CreatedSecretTests has what other responses can look like.
    [Theory]
    [InlineData("{\"api_token\":n\"" + Secret + "\"}")]
    [InlineData("{\"api_token\":\"" + Secret + "\\u0007\"}")]
    [InlineData("{\"api_token\":-" + Secret + "}")]
    [InlineData("{\"" + Secret + "\":1}")]
    [InlineData("f" + Secret)]
    public void A_response_that_is_not_JSON_is_not_repeated(string body)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Status = 201, Body = body });

        AssertTellsNothing(Run("New-DcApiToken -Verbose -Debug"));
    }

    private void AssertTellsNothing(ShellResult result)
    {
        Assert.Equal("CreationUncertain", result.ErrorId);
        string told = string.Join('\n', [result.Error.ToString(), result.Error.Exception.ToString(), Shell.Host.Shown, .. result.Verbose, .. result.Debug]);
        Assert.DoesNotContain("abcdefghijNEW", told, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToHexString(Encoding.ASCII.GetBytes(Secret))[8..20], told.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }
}
