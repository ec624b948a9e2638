using System.Globalization;
using System.Net.Sockets;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client;

/// <summary>Turns what became of an operation into an exception that says so to a person.</summary>
internal sealed class FailureMessages(Place place, BearerToken token, ConnectionOptions options)
{
    private const string MayExist = "The token may exist, and its secret is lost";

    /// <summary>The failure of an operation.</summary>
    /// <param name="operation">What was wanted.</param>
    /// <param name="subject">What it was about: the name or id of a token, a workspace; null for nothing.</param>
    /// <param name="result">What came of it.</param>
    public DcApiException Translate(Operation operation, string? subject, SendResult result)
    {
        ApiErrorKind kind = KindOf(operation, subject, result);
        ApiResponse? response = result.Response;
        string what = response is null ? WithoutResponse(operation, result) : FromResponse(kind, operation, subject, response);
        string? words = response is null ? null : Words(response);
        string status = response is null ? "" : FormattableString.Invariant($" ({response.StatusCode})");
        string tries = result.Attempts > 1 ? FormattableString.Invariant($", after {result.Attempts} attempts") : "";
        string stall = result.IsStalled ? FormattableString.Invariant($"; nothing got through for {PaceGate.LongestStall.TotalMinutes:0} minutes") : "";
        string said = words is null ? "" : $": {words.TrimEnd('.')}";
        string message = $"{About(operation, subject, kind)}{what}{status}{tries}{stall}{said}.{Doubt(operation, subject, result)}";

        // A closed session knows its key no more, and its message holds nothing foreign.
        string shown = result.Last.Failure == AttemptFailure.Closed ? message : token.Redact(message);
        return new DcApiException(kind, shown, kind == ApiErrorKind.CreationUncertain ? null : Harmless(result.Last.Exception))
        {
            Operation = operation,
            IsFromGateway = response is { IsFromService: false },
            IsUncertain = result.Effect == Effect.Unknown,
            StatusCode = response?.StatusCode ?? result.Last.BrokenOffStatus,
            RequestId = RequestId(response),
            ServerMessage = words,
        };
    }

    /// <summary>A response of success whose content is not what it should be.</summary>
    /// <remarks>Without an inner exception: a JSON reader repeats what it could not read, and that may be a new secret.</remarks>
    public DcApiException Unreadable(Operation operation, string? subject, SendResult result, string reason)
    {
        ApiErrorKind kind = operation == Operation.Create ? ApiErrorKind.CreationUncertain : ApiErrorKind.InvalidResponse;
        string doubt = operation == Operation.Create ? $" {MayExist}." : operation == Operation.Remove ? $" {NotKnown(subject)}" : "";
        return new DcApiException(
            kind,
            token.Redact($"{About(operation, subject, kind)}{place.Host} responded {result.Response!.StatusCode} to {Naming(operation, result)}, but {reason}.{doubt}"))
        {
            Operation = operation,
            IsUncertain = true,
            StatusCode = result.Response.StatusCode,
            RequestId = RequestId(result.Response),
        };
    }

    private static ApiErrorKind KindOf(Operation operation, string? subject, SendResult result)
    {
        if (operation == Operation.Create && result.Effect == Effect.Unknown)
        {
            return ApiErrorKind.CreationUncertain;
        }

        return result.Response is not { } response ? KindOf(result.Last.Failure)
            : response.IsFromService ? KindOf(operation, subject, response.StatusCode)
            : KindOfGateway(response.StatusCode);
    }

    private static ApiErrorKind KindOf(AttemptFailure failure) => failure switch
    {
        AttemptFailure.Closed => ApiErrorKind.SessionRequired,
        AttemptFailure.TimedOut => ApiErrorKind.RequestTimeout,
        AttemptFailure.TooLarge or AttemptFailure.Damaged => ApiErrorKind.InvalidResponse,
        _ => ApiErrorKind.ConnectionFailed,
    };

    private static ApiErrorKind KindOf(Operation operation, string? subject, int status) => status switch
    {
        401 => ApiErrorKind.Unauthorized,
        403 => ApiErrorKind.Forbidden,
        404 or 410 when operation == Operation.Remove => ApiErrorKind.ApiTokenNotFound,
        404 when operation == Operation.List && subject is not null => ApiErrorKind.InvalidRequest,
        404 => ApiErrorKind.InvalidResponse,
        407 => ApiErrorKind.ConnectionFailed,
        408 => ApiErrorKind.RequestTimeout,
        409 => ApiErrorKind.Conflict,
        429 => ApiErrorKind.RateLimited,
        >= 500 => ApiErrorKind.ServiceUnavailable,
        >= 400 => ApiErrorKind.InvalidRequest,
        _ => ApiErrorKind.InvalidResponse,
    };

    // It proves nothing about keys, tokens and arguments.
    private static ApiErrorKind KindOfGateway(int status) => status switch
    {
        407 or 511 => ApiErrorKind.ConnectionFailed,
        408 => ApiErrorKind.RequestTimeout,
        429 => ApiErrorKind.RateLimited,
        >= 500 => ApiErrorKind.ServiceUnavailable,
        _ => ApiErrorKind.InvalidResponse,
    };

    private string WithoutResponse(Operation operation, SendResult result) => result.Last.Failure switch
    {
        AttemptFailure.Closed => $"The session for {place.Host} has been disconnected",
        AttemptFailure.Interrupted => $"{Naming(operation, result, capital: true)} was interrupted after it had been sent to {place.Host}, before a complete response was received",
        AttemptFailure.TimedOut => $"No complete response to {Naming(operation, result)} was received from {place.Host} within {Seconds(options.Timeout)}",
        AttemptFailure.TooLarge => FormattableString.Invariant(
            $"The response of {place.Host} to {Naming(operation, result)} is larger than {options.MaximumResponseBytes / (1024 * 1024)} MB"),
        AttemptFailure.Damaged => $"The response of {place.Host} to {Naming(operation, result)} is damaged",
        _ => result.Last.SocketError switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The name {place.Address.Host} cannot be found",
            SocketError.ConnectionRefused => $"{place.Host} refuses connections",
            _ => $"The connection to {place.Host} failed ({ReasonOf(operation, result)})",
        },
    };

    private string FromResponse(ApiErrorKind kind, Operation operation, string? subject, ApiResponse response) => response.StatusCode switch
    {
        407 => $"A proxy on the way to {place.Host} requires authentication",
        511 => $"The network requires you to sign in before it lets requests through to {place.Host}",
        >= 300 and < 400 => $"{place.Host} redirects to {RedirectTarget(response)}, which is not followed: the API key would be sent there",
        _ when !response.IsFromService => FromGateway(kind, response),
        _ => FromService(kind, operation, subject, response),
    };

    private string FromService(ApiErrorKind kind, Operation operation, string? subject, ApiResponse response) => kind switch
    {
        ApiErrorKind.Unauthorized => $"{place.Host} does not accept the API key",
        ApiErrorKind.Forbidden when operation is Operation.Create or Operation.Remove =>
            $"{place.Host} does not allow this with this key. API keys cannot create or remove tokens: that takes the token of a signed-in user",
        ApiErrorKind.Forbidden => $"{place.Host} does not allow this key to {(operation == Operation.List ? "list API tokens" : "ask who it belongs to")}",
        ApiErrorKind.ApiTokenNotFound => $"There is no API token '{Shown(subject)}' at {place.Host}",
        ApiErrorKind.Conflict => $"{place.Host} reports a conflict with what exists already",
        ApiErrorKind.RateLimited => $"{place.Host} limits how many requests it takes{ComeBack(response)}",
        ApiErrorKind.ServiceUnavailable => $"{place.Host} cannot respond at the moment{ComeBack(response)}",
        ApiErrorKind.RequestTimeout => $"{place.Host} gave up waiting for the request",
        ApiErrorKind.CreationUncertain => $"{place.Host} failed while it handled the creation",
        ApiErrorKind.InvalidResponse => $"There is no token service at {place.Address}",
        _ when response.StatusCode == 404 => $"{place.Host} knows no workspace '{Shown(subject)}'",
        _ => $"{place.Host} refused the request",
    };

    // Somebody on the way speaks, and is named by what he shows.
    private string FromGateway(ApiErrorKind kind, ApiResponse response)
    {
        string server = TextSanitizer.Clean(response.Server);
        string who = server.Length == 0 ? "A gateway or proxy" : $"A gateway or proxy ({(server.Length > 60 ? server.Substring(0, 60) : server)})";
        return kind switch
        {
            ApiErrorKind.RateLimited => $"{who} in front of {place.Host} limits how many requests it takes{ComeBack(response)}",
            ApiErrorKind.ServiceUnavailable => $"{who} responded in place of {place.Host}, which cannot respond at the moment{ComeBack(response)}",
            ApiErrorKind.RequestTimeout => $"{who} in front of {place.Host} gave up waiting for the request",
            ApiErrorKind.CreationUncertain => $"{who} responded to the creation in place of {place.Host}",
            _ => $"{who} responded in place of {place.Host}, where the token service should be ({place.Address})",
        };
    }

    // What cannot be known is said, whatever the failure was.
    private static string Doubt(Operation operation, string? subject, SendResult result) => (operation, result.Effect) switch
    {
        (Operation.Create, Effect.Unknown) => $" {MayExist}.",
        (Operation.Remove, Effect.Unknown) => $" {NotKnown(subject)}",
        _ => "",
    };

    private static string NotKnown(string? id) => $"Whether the API token '{Shown(id)}' is gone is not known.";

    private string? Words(ApiResponse response)
    {
        string? words = response.ErrorBody.Words(token.Redact);
        return words ?? (ErrorDescription(response.Challenge) is string described ? token.Redact(TextSanitizer.Clean(described)) : null);
    }

    // WWW-Authenticate: Bearer error="invalid_token", error_description="The token expired"
    private static string? ErrorDescription(string challenge)
    {
        const string name = "error_description=\"";
        int at = challenge.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        int start = at + name.Length;
        int end = at < 0 ? -1 : challenge.IndexOf('"', start);
        return end < 0 ? null : challenge.Substring(start, end - start);
    }

    private string ComeBack(ApiResponse response)
    {
        if (response.RetryDelay(options.Clock.UtcNow) is not TimeSpan wait || wait == TimeSpan.Zero)
        {
            return "";
        }

        // A date may lie at the end of time, and our clock behind the one that it was measured against.
        DateTimeOffset now = options.Clock.UtcNow;
        DateTimeOffset at = wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue;
        return $"; it asks to come back in {Seconds(wait)}, at {at.ToString("u", CultureInfo.InvariantCulture)}";
    }

    // One of many lines and removals: which? Where the message itself names it, once is enough.
    private static string About(Operation operation, string? subject, ApiErrorKind kind) =>
        operation is Operation.WhoAmI or Operation.List || string.IsNullOrEmpty(subject) || kind is ApiErrorKind.ApiTokenNotFound or ApiErrorKind.Unauthorized
            ? ""
            : $"API token '{Shown(subject)}': ";

    private static string Naming(Operation operation, SendResult result, bool capital = false) =>
        operation == Operation.Create ? (capital ? "The creation" : "the creation") : $"{result.Request.Method} /{result.Request.RelativeUri}";

    private static string Shown(string? text) => TextSanitizer.Clean(text ?? "");

    private static string RedirectTarget(ApiResponse response) => response.Location is not { IsAbsoluteUri: true } target
        ? response.Location is null ? "another address" : TextSanitizer.Clean(response.Location.OriginalString.Split('?')[0])
        : TextSanitizer.Clean(target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    // What the client says about a broken response may repeat part of it, and the response to a creation holds a new secret.
    private static string ReasonOf(Operation operation, SendResult result) => operation != Operation.Create || result.Effect == Effect.NotSent
        ? result.Last.Reason
        : result.Last.SocketError is SocketError error ? $"{error}" : "the response is damaged or broke off";

    private Exception? Harmless(Exception? failure) =>
        failure?.ToString() is string text && token.Redact(text) == text ? failure : null;

    private string? RequestId(ApiResponse? response)
    {
        string? id = response?.RequestId is { } sent ? token.Redact(TextSanitizer.Clean(sent)) : null;
        return id?.Length > 100 ? id.Substring(0, 100) : id;
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.##} s");
}
