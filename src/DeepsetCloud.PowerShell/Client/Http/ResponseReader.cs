using System.IO.Compression;

namespace DeepsetCloud.Client.Http;

/// <summary>Reads a response that has begun to its end: decompressed, bounded, and so that it can be ended at any time.</summary>
internal sealed class ResponseReader(ConnectionOptions options)
{
    // A response that has begun is read to its end even when its reader is stopped, but not for ever.
    private static readonly TimeSpan GraceForBegunResponse = TimeSpan.FromSeconds(5);

    /// <param name="request">What it responds to.</param>
    /// <param name="message">The response, of which the headers have come.</param>
    /// <param name="wasSent">Whether the request had left this computer, with its body, when the response began.</param>
    /// <param name="timeout">Ends the attempt.</param>
    /// <param name="cancellationToken">Ends it when the command is stopped; the response to a request that must not be repeated has some time to come to its end.</param>
    public async Task<AttemptResult> ReadAsync(
        ApiRequest request, HttpResponseMessage message, bool wasSent, CancellationTokenSource timeout, CancellationToken cancellationToken)
    {
        // A secret may be shown this once: not even a stop may lose it.
        using var grace = new CancellationTokenSource();
        using CancellationTokenRegistration onStop = cancellationToken.Register(
            () => options.Clock.CancelAfter(grace, request.IsIdempotent ? TimeSpan.Zero : GraceForBegunResponse));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, grace.Token);

        var body = new PooledBuffer(options.MaximumResponseBytes);
        try
        {
            using Stream sent = await message.Content.ReadAsStreamAsync().ConfigureAwait(false);

            // Only what was sent may be closed while it is read: closing a decompressor under its reader frees memory in use.
            using Stream stream = Decode(sent, message.Content.Headers.ContentEncoding);
            using CancellationTokenRegistration abort = Close(sent, either.Token);
            if (!await body.ReadToEndAsync(stream, either.Token).ConfigureAwait(false))
            {
                body.Dispose();
                return AttemptResult.Failed(AttemptFailure.TooLarge, wasSent, (int)message.StatusCode);
            }

            return AttemptResult.Responded(new ApiResponse(message, body), wasSent);
        }
        catch (Exception e)
        {
            body.Dispose();
            if (either.IsCancellationRequested && e is not OperationCanceledException)
            {
                // A stream that is closed while it is read fails in whatever way it likes.
                throw new OperationCanceledException(e.Message, e, either.Token);
            }

            throw;
        }
    }

    // Only gzip is asked for. What comes in another way is not guessed at.
    private static Stream Decode(Stream sent, ICollection<string> encodings) => string.Join(",", encodings).ToUpperInvariant() switch
    {
        "" or "IDENTITY" => sent,
        "GZIP" or "X-GZIP" => new GZipStream(sent, CompressionMode.Decompress),
        _ => throw new InvalidDataException("The response is compressed in a way that was not asked for."),
    };

    // On .NET Framework a read that has begun listens to nothing else than the end of its stream.
    private static CancellationTokenRegistration Close(Stream stream, CancellationToken at) =>
        DotNetFramework.IsCurrent ? at.Register(() => CloseQuietly(stream)) : default;

    private static void CloseQuietly(Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or HttpRequestException)
        {
            // The reader meets it, too, and tells it.
        }
    }
}
