using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace DeepsetCloud.Emulator;

/// <summary>Breaks TCP connections.</summary>
internal static class Wire
{
    public static void Reset(ConnectionContext connection)
    {
        Reset(connection.Features.Get<IConnectionSocketFeature>()?.Socket);
        connection.Abort();
    }

    public static void Reset(HttpContext context)
    {
        Reset(context.Features.Get<IConnectionSocketFeature>()?.Socket);
        context.Abort();
    }

    /// <summary>Ends the connection with FIN and no answer.</summary>
    public static async Task CloseAsync(HttpContext context)
    {
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        await context.GoneAsync(TimeSpan.FromSeconds(2));
        context.Abort();
    }

    // Closing with a time-out of zero sends RST; anything gentler would send FIN first.
    private static void Reset(Socket? socket) => socket?.Close(0);
}
