using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>The HTTP client repeats what it could not read, and in the answer to a creation that may be the new secret.</summary>
public sealed class BrokenAnswerTests : IDisposable
{
    private const string Secret = "api_0123456789abcdefghijNEW";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    [Theory]
    [InlineData("{\"api_token\":\"" + Secret + "\"}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n" + Secret + "\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n{\"api_token\":\"" + Secret + "\"}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{\"api_token\":\"" + Secret + "\"}\r\n\r\n")]
    public async Task What_is_no_answer_is_not_repeated(string answer)
    {
        _listener.Start();
        Task serving = ServeAsync(answer);
        using var shell = new Shell();
        shell.Set("session", TestSession.To(new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"), "key"));

        ShellResult result = await Task.Run(() => shell.Run("New-DcApiToken x -Session $session -Verbose"), TestContext.Current.CancellationToken);
        await serving;

        Assert.StartsWith("CreationUncertain,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        string[] shown = [result.Error.ToString(), result.Error.Exception.ToString(), .. result.Verbose];
        string hex = Convert.ToHexString(Encoding.ASCII.GetBytes(Secret));
        Assert.All(shown, text => Assert.DoesNotContain("abcdefghijNEW", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain(hex[8..20], text.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(string answer)
    {
        using Socket client = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[8192];
        await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        await client.SendAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        client.Shutdown(SocketShutdown.Both);
    }
}
