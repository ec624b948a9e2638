using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace DeepsetCloud.Emulator;

/// <summary>Sees connections before HTTP does: counts them, resets new ones, and watches for the first bytes of requests.</summary>
internal sealed class ConnectionGate(ConnectionLog log, FaultPlan faults)
{
    /// <summary>Outermost, below TLS.</summary>
    public ConnectionDelegate Accept(ConnectionDelegate next) => async connection =>
    {
        log.Enter();
        try
        {
            if (faults.TakeForConnection())
            {
                Wire.Reset(connection);
                return;
            }

            await next(connection);
        }
        finally
        {
            log.Leave();
        }
    };

    /// <summary>Above TLS, where request lines can be read.</summary>
    public ConnectionDelegate Watch(ConnectionDelegate next) => connection =>
    {
        var state = new ConnectionState();
        connection.Features.Set(state);
        var transport = connection.Transport;
        connection.Transport = new Pipes(new RequestStartReader(transport.Input, state, faults, connection), transport.Output);
        return next(connection);
    };

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
