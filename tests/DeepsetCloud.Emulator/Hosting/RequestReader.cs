using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace DeepsetCloud.Emulator;

/// <summary>Reads requests from the connection.</summary>
internal static class RequestReader
{
    private const int MaxBody = 1 << 20;

    /// <summary>The request without its body.</summary>
    public static RecordedRequest Head(HttpContext context)
    {
        var feature = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in feature.Headers)
        {
            headers.Add(name, string.Join(", ", values.AsEnumerable()));
        }

        return new RecordedRequest(feature.Method, feature.RawTarget)
        {
            Headers = headers,
            ConnectionId = context.Connection.Id,
            RequestId = "req-" + Guid.NewGuid().ToString("N"),
        };
    }

    /// <summary>The body, or null if it is larger than any sensible one.</summary>
    public static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context, RecordedRequest request)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var bytes = new ArrayBufferWriter<byte>();
        while (bytes.WrittenCount <= MaxBody)
        {
            int read = await context.Request.Body.ReadAsync(bytes.GetMemory(4096), context.RequestAborted);
            if (read == 0)
            {
                request.Body = Encoding.UTF8.GetString(bytes.WrittenSpan);
                return bytes.WrittenMemory;
            }

            bytes.Advance(read);
        }

        return null;
    }
}
