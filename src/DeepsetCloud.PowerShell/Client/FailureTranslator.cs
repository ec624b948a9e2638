using System.Globalization;
using System.Net.Sockets;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client;

/// <summary>Turns what went wrong into an exception that says so to a person.</summary>
internal sealed class FailureTranslator(Uri baseAddress, BearerToken token, ConnectionOptions options, RetryPolicy retry)
{
    private string Host { get; } = baseAddress.IsDefaultPort ? baseAddress.Host : $"{baseAddress.Host}:{baseAddress.Port}";

    public DcApiException SessionClosed() => new(
        ApiErrorKind.SessionRequired,
        $"The session for {Host} has been disconnected.");

    /// <summary>A creation that was stopped while it was under way.</summary>
    public DcApiException CreationInterrupted(ApiRequest request) => new(
        ApiErrorKind.CreationUncertain,
        $"{About(request)}The creation was interrupted after it had been sent to {Host}, before it was answered completely. The token may exist, and its secret is lost.");

    /// <summary>An answer of success whose content is not what it should be.</summary>
    /// <remarks>Without an inner exception: a JSON reader repeats what it could not read, and that may be a new secret.</remarks>
    public DcApiException Unreadable(ApiRequest request, ApiResponse response, string reason) => new(
        request.IsIdempotent ? ApiErrorKind.InvalidResponse : ApiErrorKind.CreationUncertain,
        token.Redact(About(request) + (request.IsIdempotent
            ? $"{Host} answered {request.Method} {Path(request)} with {response.StatusCode}, but {reason}."
            : $"{Host} answered the creation with {response.StatusCode}, but {reason}. The token may exist, and its secret is lost.")))
    {
        StatusCode = response.StatusCode,
        RequestId = RequestId(response),
    };

    /// <summary>In a few words, for a verbose line.</summary>
    public string Describe(AttemptResult attempt) => attempt.Response is { } response
        ? $"{Host} answered {response.StatusCode}"
        : attempt.FailureKind switch
        {
            ApiErrorKind.RequestTimeout => $"no complete answer within {Seconds(options.Timeout)}",
            ApiErrorKind.InvalidResponse when attempt.Failure is null => $"the answer is larger than {options.MaximumResponseBytes / (1024 * 1024)} MB",
            ApiErrorKind.InvalidResponse => "the answer is damaged",
            _ => token.Redact($"the connection failed ({attempt.Reason})"),
        };

    /// <summary>The failure after the last attempt.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="attempt">What came of it last.</param>
    /// <param name="attempts">How many there were.</param>
    /// <param name="mayHaveArrivedBefore">Whether the service may have seen one before the last.</param>
    public DcApiException Translate(ApiRequest request, AttemptResult attempt, int attempts, bool mayHaveArrivedBefore)
    {
        // The service turns away what it has not begun; a gateway in front of it may say the same of what it has passed on.
        string doubt = !request.IsIdempotent && (mayHaveArrivedBefore || attempt.Response?.StatusCode == 503)
            ? " If it was not the service itself that said 503, the token may exist: look for it before you create it again."
            : "";
        return attempt.Response is { } response
            ? FromAnswer(request, response, attempts, doubt)
            : WithoutAnswer(request, attempt, attempts, doubt);
    }

    private DcApiException WithoutAnswer(ApiRequest request, AttemptResult attempt, int attempts, string doubt)
    {
        // Nothing proves that a creation did not happen, unless the service never saw it.
        bool uncertain = !request.IsIdempotent && attempt.MayHaveArrived;
        string what = attempt.FailureKind switch
        {
            ApiErrorKind.RequestTimeout => $"{Host} did not answer {request.Method} {Path(request)} completely within {Seconds(options.Timeout)}",
            ApiErrorKind.InvalidResponse => $"{Host}: {Describe(attempt)} ({request.Method} {Path(request)})",
            _ => attempt.SocketError switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The name {baseAddress.Host} cannot be found",
                SocketError.ConnectionRefused => $"{Host} refuses connections",
                _ => $"The connection to {Host} failed ({ReasonOf(request, attempt)})",
            },
        };
        what += Tries(attempts);
        return new DcApiException(
            uncertain ? ApiErrorKind.CreationUncertain : attempt.FailureKind,
            token.Redact(About(request) + (uncertain ? $"{what}. The creation had been sent: the token may exist, and its secret is lost." : $"{what}.{doubt}")),
            uncertain ? null : Harmless(attempt.Failure))
        {
            StatusCode = attempt.BrokenOffStatus,
        };
    }

    private DcApiException FromAnswer(ApiRequest request, ApiResponse response, int attempts, string doubt)
    {
        string? words = ServerMessage.From(response, token.Redact);
        int status = response.StatusCode;
        ApiErrorKind kind = KindOf(request, response);
        string message = kind switch
        {
            ApiErrorKind.Unauthorized => $"{Host} does not accept the API key",
            ApiErrorKind.Forbidden => $"{Host} does not allow this with this key. API keys cannot create or remove tokens: that takes the token of a signed-in user",
            ApiErrorKind.ApiTokenNotFound => $"There is no API token '{request.Subject}' at {Host}",
            ApiErrorKind.Conflict => $"{Host} reports a conflict with what exists already",
            ApiErrorKind.RateLimited => $"{Host} limits how many requests it takes{ComeBack(response)}",
            ApiErrorKind.ServiceUnavailable => $"{Host} cannot answer at the moment{ComeBack(response)}",
            ApiErrorKind.RequestTimeout => $"{Host} gave up waiting for the request",
            ApiErrorKind.ConnectionFailed => $"A proxy on the way to {Host} wants to be signed in to",
            ApiErrorKind.CreationUncertain => $"{Host} failed while it handled the creation. The token may exist, and its secret is lost",
            ApiErrorKind.InvalidResponse when status is >= 300 and < 400 =>
                $"{Host} redirects to {RedirectTarget(response)}, which is not followed: the API key would be sent there",
            ApiErrorKind.InvalidResponse when request.Method == HttpMethod.Delete =>
                $"It is not the token service that answers at {baseAddress}. Whether the API token '{request.Subject}' is gone is not known",
            ApiErrorKind.InvalidResponse => $"There is no token service at {baseAddress}",
            _ when status == 404 => $"{Host} knows no workspace '{request.Subject}'",
            _ => $"{Host} refused the request",
        };
        string said = words is null ? "" : $": {words.TrimEnd('.')}";
        string about = kind is ApiErrorKind.ApiTokenNotFound or ApiErrorKind.Unauthorized ? "" : About(request);
        return new DcApiException(kind, token.Redact($"{about}{message} ({status}){Tries(attempts)}{said}.{doubt}"))
        {
            StatusCode = status,
            RequestId = RequestId(response),
            ServerMessage = words,
        };
    }

    private static ApiErrorKind KindOf(ApiRequest request, ApiResponse response) => response.StatusCode switch
    {
        401 => ApiErrorKind.Unauthorized,
        403 => ApiErrorKind.Forbidden,
        // A repeated removal that meets the service's own 404 is a success and not here.
        404 when response.IsHtml || (request.Method == HttpMethod.Delete && response.IsRepetition) => ApiErrorKind.InvalidResponse,
        404 when request.Method == HttpMethod.Delete => ApiErrorKind.ApiTokenNotFound,
        404 when request.Method == HttpMethod.Get && request.Subject is not null => ApiErrorKind.InvalidRequest,
        404 => ApiErrorKind.InvalidResponse,
        407 => ApiErrorKind.ConnectionFailed,
        408 => ApiErrorKind.RequestTimeout,
        409 => ApiErrorKind.Conflict,
        429 => ApiErrorKind.RateLimited,
        503 => ApiErrorKind.ServiceUnavailable,
        >= 500 => request.IsIdempotent ? ApiErrorKind.ServiceUnavailable : ApiErrorKind.CreationUncertain,
        >= 400 => ApiErrorKind.InvalidRequest,
        _ => ApiErrorKind.InvalidResponse,
    };

    private string ComeBack(ApiResponse response)
    {
        if (retry.RetryAfter(response) is not TimeSpan wait || wait == TimeSpan.Zero)
        {
            return "";
        }

        // A date may lie at the end of time, and our clock behind the one that it was measured against.
        DateTimeOffset now = options.Clock.UtcNow;
        DateTimeOffset at = wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue;
        return $"; it asks to come back in {Seconds(wait)}, at {at.ToString("u", CultureInfo.InvariantCulture)}";
    }

    // One of many lines and removals: which?
    private static string About(ApiRequest request) => request.Method == HttpMethod.Get || string.IsNullOrEmpty(request.Subject)
        ? ""
        : $"API token '{TextSanitizer.Clean(request.Subject!)}': ";

    private static string RedirectTarget(ApiResponse response) =>
        response.Location is { IsAbsoluteUri: true } target ? $"{target.Scheme}://{target.Host}" : "another address";

    // What the client says about a broken answer may repeat part of it, and the answer to a creation holds a new secret.
    private static string ReasonOf(ApiRequest request, AttemptResult attempt) => request.IsIdempotent || !attempt.MayHaveArrived
        ? attempt.Reason
        : attempt.SocketError is SocketError error ? $"{error}" : "the answer is damaged or broke off";

    // What the client says about a broken answer may repeat part of it.
    private Exception? Harmless(Exception? failure) =>
        failure?.ToString() is string text && token.Redact(text) == text ? failure : null;

    private string? RequestId(ApiResponse response)
    {
        string? id = response.RequestId is null ? null : token.Redact(TextSanitizer.Clean(response.RequestId));
        return id?.Length > 100 ? id.Substring(0, 100) : id;
    }

    private static string Path(ApiRequest request) => "/" + request.RelativeUri;

    private static string Tries(int attempts) => attempts > 1 ? FormattableString.Invariant($", after {attempts} attempts") : "";

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.##} s");
}
