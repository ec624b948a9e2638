namespace DeepsetCloud.Emulator;

/// <summary>What the gate and the request handler tell each other about an HTTP/1.1 connection.</summary>
internal sealed class ConnectionState
{
    /// <summary>No request is being handled: the next bytes begin one.</summary>
    public bool BetweenRequests { get; set; } = true;
}
