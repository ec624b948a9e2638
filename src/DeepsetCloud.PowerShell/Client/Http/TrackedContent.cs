using System.Net;

namespace DeepsetCloud.Client.Http;

/// <summary>
/// A body that knows whether it was asked for. The client asks for it only once it is connected, so
/// "never asked for" proves that the service never saw the request. An empty one serves for DELETE: a request
/// with a body, be it empty, is never repeated behind our back by the client's connection pool.
/// </summary>
internal sealed class TrackedContent(byte[] body) : HttpContent
{
    private int _started;

    public bool Started => Volatile.Read(ref _started) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Volatile.Write(ref _started, 1);
        return stream.WriteAsync(body, 0, body.Length);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
