using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>What became of one attempt: an answer, or a failure on the way.</summary>
internal sealed class AttemptResult
{
    private AttemptResult()
    {
    }

    /// <summary>The answer; null where there was none, or none that could be read to its end.</summary>
    public ApiResponse? Response { get; private init; }

    /// <summary>What failed, where there is no answer.</summary>
    public ApiErrorKind FailureKind { get; private init; }

    public Exception? Failure { get; private init; }

    /// <summary>The status of an answer that began and could not be read to its end.</summary>
    public int? BrokenOffStatus { get; private init; }

    /// <summary>Whether the service may have seen the request.</summary>
    public bool MayHaveArrived { get; private init; }

    public static AttemptResult Responded(ApiResponse response) => new()
    {
        Response = response,
        MayHaveArrived = response.StatusCode != 429,
    };

    public static AttemptResult TimedOut(bool mayHaveArrived, int? status) => new()
    {
        FailureKind = ApiErrorKind.RequestTimeout,
        MayHaveArrived = mayHaveArrived,
        BrokenOffStatus = status,
    };

    public static AttemptResult TooLarge(int? status) => new()
    {
        FailureKind = ApiErrorKind.InvalidResponse,
        MayHaveArrived = true,
        BrokenOffStatus = status,
    };

    public static AttemptResult Broken(Exception failure, bool mayHaveArrived, int? status) => new()
    {
        // An answer that cannot be decompressed is no failure of the connection.
        FailureKind = IsOfDecompression(failure) ? ApiErrorKind.InvalidResponse : ApiErrorKind.ConnectionFailed,
        Failure = failure,
        MayHaveArrived = mayHaveArrived,
        BrokenOffStatus = status,
    };

    /// <summary>Whether sending again can help at all.</summary>
    public bool IsTransient => Response is null
        ? FailureKind is ApiErrorKind.RequestTimeout || (FailureKind is ApiErrorKind.ConnectionFailed && !IsRefusedCertificate)
        : Response.StatusCode is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>The innermost reason, for people.</summary>
    public string Reason
    {
        get
        {
            Exception? inner = Failure;
            while (inner?.InnerException is not null)
            {
                inner = inner.InnerException;
            }

            return inner is null ? "" : TextSanitizer.Clean(inner.Message).TrimEnd('.');
        }
    }

    // .NET Framework tells by a status what .NET tells by the type of an inner exception.
    private WebExceptionStatus? WebStatus => Find<WebException>()?.Status;

    private bool IsRefusedCertificate =>
        Find<AuthenticationException>() is not null || WebStatus is WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure;

    /// <summary>The socket's own error, where that is what failed.</summary>
    public SocketError? SocketError => WebStatus is WebExceptionStatus.NameResolutionFailure
        ? System.Net.Sockets.SocketError.HostNotFound
        : Find<SocketException>()?.SocketErrorCode;

    // The decompressor has an exception type of its own, which .NET Standard does not name.
    private static bool IsOfDecompression(Exception? failure) => failure is not null
        && (failure is InvalidDataException || failure.GetType().Namespace == "System.IO.Compression" || IsOfDecompression(failure.InnerException));

    private T? Find<T>()
        where T : Exception
    {
        for (Exception? e = Failure; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}
