using System.Net.Http.Headers;
using System.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>An answer, read wholly. Dispose it: its buffer is pooled, and wiped, since it may hold a secret.</summary>
internal sealed class ApiResponse : IDisposable
{
    private static readonly string[] RequestIdHeaders = ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray"];
    private readonly PooledBuffer _body;

    public ApiResponse(HttpResponseMessage message, PooledBuffer body)
    {
        _body = body;
        StatusCode = (int)message.StatusCode;
        ContentType = message.Content?.Headers.ContentType;
        ServedAt = message.Headers.Date;
        RetryAfter = message.Headers.RetryAfter;
        Location = message.Headers.Location;
        RequestId = RequestIdHeaders
            .Select(name => message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
    }

    public int StatusCode { get; }

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    public MediaTypeHeaderValue? ContentType { get; }

    /// <summary>Whether the answer calls itself JSON: the service's own do, those of a proxy in its place hardly ever.</summary>
    public bool IsJson => IsOf("json");

    /// <summary>Whether the answer is a web page: never the service's own.</summary>
    public bool IsHtml => IsOf("html");

    public DateTimeOffset? ServedAt { get; }

    public RetryConditionHeaderValue? RetryAfter { get; }

    public Uri? Location { get; }

    public string? RequestId { get; }

    /// <summary>Whether an earlier attempt of the same request may have done its work already.</summary>
    public bool IsRepetition { get; set; }

    /// <summary>The body in UTF-8, whatever encoding it came in.</summary>
    /// <exception cref="DecoderFallbackException">It is not text in the encoding that it claims.</exception>
    /// <exception cref="ArgumentException">It claims an encoding that nobody knows or that is not safe.</exception>
    public ReadOnlySpan<byte> Utf8Body
    {
        get
        {
            ReadOnlySpan<byte> bytes = _body.Written;
            Encoding encoding = CharsetOf(bytes);
            if (encoding is not UTF8Encoding)
            {
                return Encoding.UTF8.GetBytes(encoding.GetString(bytes.ToArray())).WithoutMark();
            }

            return bytes.WithoutMark();
        }
    }

    public void Dispose() => _body.Dispose();

    private bool IsOf(string kind) => ContentType?.MediaType?.IndexOf(kind, StringComparison.OrdinalIgnoreCase) >= 0;

    private Encoding CharsetOf(ReadOnlySpan<byte> bytes)
    {
        string? charset = ContentType?.CharSet?.Trim('"', ' ');
        if (bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        {
            charset = bytes[0] == 0xFF ? "utf-16" : "utf-16BE";
        }

        // "utf8" is not the registered name, and servers use it all the same.
        if (string.IsNullOrEmpty(charset) || string.Equals(charset, "utf8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            return Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (NotSupportedException e)
        {
            // Known, and refused by the runtime: utf-7.
            throw new ArgumentException(e.Message, e);
        }
    }
}
