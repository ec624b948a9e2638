namespace DeepsetCloud.Emulator;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>No fault but the wait that <see cref="Fault.Delay"/> asks for.</summary>
    Delay,

    /// <summary>A new connection is reset as soon as it is accepted; method, path and predicate do not count.</summary>
    ResetOnAccept,

    /// <summary>The connection is reset when a request's first bytes arrive. Such a request is not recorded: it was never seen.</summary>
    ResetBeforeRead,

    /// <summary>The request is read wholly, not processed, and the connection reset.</summary>
    ResetAfterRead,

    /// <summary>The request is processed and the connection reset instead of an answer.</summary>
    ResetAfterProcessing,

    /// <summary>As <see cref="ResetAfterRead"/>, but the connection ends in good order (FIN), as proxies do.</summary>
    CloseAfterRead,

    /// <summary>As <see cref="ResetAfterProcessing"/>, but the connection ends in good order (FIN), as proxies do.</summary>
    CloseAfterProcessing,

    /// <summary>Not processed, no answer until the client gives up.</summary>
    HangBeforeProcessing,

    /// <summary>Processed, no answer until the client gives up.</summary>
    HangAfterProcessing,

    /// <summary>Processed; headers and half of the body go out, then a reset. An answer without a body is not sent at all.</summary>
    CutBody,

    /// <summary>Answers <see cref="Fault.Status"/> (default 503) with <see cref="Fault.Body"/>.</summary>
    Status,

    /// <summary>Answers <see cref="Fault.Status"/> (default 200) with <see cref="Fault.Content"/> or <see cref="Fault.Body"/>.</summary>
    RawBody,

    /// <summary>The real answer, compressed with gzip.</summary>
    Gzip,

    /// <summary>The real answer, compressed with deflate in its zlib wrapping.</summary>
    Deflate,

    /// <summary>A small gzip body that inflates to a JSON page of <see cref="Fault.Megabytes"/>.</summary>
    GzipBomb,

    /// <summary>A well-formed JSON page of <see cref="Fault.Megabytes"/>, streamed without Content-Length.</summary>
    HugeBody,

    /// <summary>The real answer, in chunks of <see cref="Fault.ChunkSize"/> bytes with <see cref="Fault.Pace"/> between.</summary>
    SlowBytes,

    /// <summary>Not processed; redirects to <see cref="Fault.Location"/> with <see cref="Fault.Status"/> (default 307).</summary>
    Redirect,

    /// <summary>The real answer without a Date header; the connection closes after it. HTTP/1.1 only.</summary>
    NoDateHeader,

    /// <summary>A page without <c>total</c>. Concerns lists and matches no other request.</summary>
    TotalAbsent,
}
