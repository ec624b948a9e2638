using System.Net;
using System.Net.Sockets;

namespace DeepsetCloud.Tests.Support;

/// <summary>A port that is taken, so that nobody else listens there, and where nobody listens.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Number { get; }

    public Uri Address => new($"http://127.0.0.1:{Number}/");

    public void Dispose() => _socket.Dispose();
}
