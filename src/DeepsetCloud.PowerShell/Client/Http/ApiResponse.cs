using System.Net.Http.Headers;
using System.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>A response, read wholly. Dispose it: its buffer is pooled, and wiped, since it may hold a secret.</summary>
internal sealed class ApiResponse : IDisposable
{
    private static readonly string[] RequestIdHeaders = ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray"];
    private readonly PooledBuffer _body;
    private ErrorBody? _errorBody;

    public ApiResponse(HttpResponseMessage message, PooledBuffer body)
    {
        _body = body;
        StatusCode = (int)message.StatusCode;
        ContentType = message.Content?.Headers.ContentType;
        ServedAt = message.Headers.Date;
        RetryAfter = message.Headers.RetryAfter;
        LimitReset = RateLimitReset.Read(message.Headers);
        Location = message.Headers.Location;
        RequestId = RequestIdHeaders
            .Select(name => message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        Server = string.Join(" ", message.Headers.Server);
        Challenge = string.Join(", ", message.Headers.WwwAuthenticate.Select(challenge => challenge.Parameter));
    }

    public int StatusCode { get; }

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    public MediaTypeHeaderValue? ContentType { get; }

    /// <summary>Whether the response calls itself JSON.</summary>
    public bool IsJson => ContentType?.MediaType?.IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>What a response that is no success says.</summary>
    public ErrorBody ErrorBody => _errorBody ??= ErrorBody.Read(this);

    /// <summary>Whether the service itself refused the request, and not somebody on the way.</summary>
    public bool IsFromService => ErrorBody.IsOfService;

    /// <summary>How the program that responded calls itself; empty where it does not.</summary>
    public string Server { get; }

    /// <summary>The parameters of the challenge in <c>WWW-Authenticate</c>; empty where there is none.</summary>
    public string Challenge { get; }

    public DateTimeOffset? ServedAt { get; }

    private RetryConditionHeaderValue? RetryAfter { get; }

    private RateLimitReset? LimitReset { get; }

    public Uri? Location { get; }

    public string? RequestId { get; }

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

    /// <summary>The wait that is asked for, in either form of <c>Retry-After</c>, or else by the end of the limit; null if none is.</summary>
    /// <param name="now">The time by our clock: that of the response counts where it tells it, since ours may be off.</param>
    public TimeSpan? RetryDelay(DateTimeOffset now)
    {
        TimeSpan? wait = RetryAfter?.Delta ?? (RetryAfter?.Date - (ServedAt ?? now)) ?? LimitReset?.WaitFrom(ServedAt ?? now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    public void Dispose() => _body.Dispose();

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
