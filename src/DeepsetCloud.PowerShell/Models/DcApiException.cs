using DeepsetCloud.Client;

namespace DeepsetCloud;

/// <summary>Thrown when the service, the connection to it or an argument is at fault. Catch it by this type and look at its members.</summary>
public sealed class DcApiException : Exception
{
    internal DcApiException(ApiErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>The stable id of the condition, as <c>docs/errors.md</c> lists it, such as <c>ApiTokenNotFound</c>.</summary>
    public string ErrorId => Kind.ToString();

    /// <summary>The HTTP status code of the service's response; null where there was no response.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The id under which the service's operators find the request; null where the response has none.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The service's own words, cleaned and shortened; null where it said nothing.</summary>
    public string? ServerMessage { get; internal init; }

    internal ApiErrorKind Kind { get; }

    /// <summary>What was wanted; null where nothing was sent.</summary>
    internal Operation? Operation { get; init; }

    /// <summary>Whether somebody on the way responded, and not the service.</summary>
    internal bool IsFromGateway { get; init; }

    /// <summary>Whether nothing tells if the request was acted on.</summary>
    internal bool IsUncertain { get; init; }

    /// <summary>The same with a sentence more.</summary>
    internal DcApiException With(string? note) => note is null ? this : new DcApiException(Kind, $"{Message} {note}", InnerException)
    {
        StatusCode = StatusCode,
        RequestId = RequestId,
        ServerMessage = ServerMessage,
        Operation = Operation,
        IsFromGateway = IsFromGateway,
        IsUncertain = IsUncertain,
    };
}
