using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>What became of one attempt: a response, or a failure on the way.</summary>
internal sealed class AttemptResult : IDisposable
{
    private AttemptResult()
    {
    }

    /// <summary>The response; null where there was none, or none that could be read to its end.</summary>
    public ApiResponse? Response { get; private init; }

    /// <summary>Why there is no response.</summary>
    public AttemptFailure Failure { get; private init; }

    /// <summary>What the client said about the failure.</summary>
    public Exception? Exception { get; private init; }

    /// <summary>The status of a response that began and could not be read to its end.</summary>
    public int? BrokenOffStatus { get; private init; }

    /// <summary>What this attempt did at the service.</summary>
    public Effect Effect { get; private init; }

    /// <param name="response">The response.</param>
    /// <param name="wasSent">Whether the request, with its body, had left this computer when the response came.</param>
    public static AttemptResult Responded(ApiResponse response, bool wasSent) => new()
    {
        Response = response,
        Effect = EffectOf(response, wasSent),
    };

    public static AttemptResult Failed(AttemptFailure failure, bool wasSent, int? status, Exception? exception = null) => new()
    {
        Failure = failure is AttemptFailure.Connection && IsOfDecompression(exception) ? AttemptFailure.Damaged : failure,
        Exception = exception,
        BrokenOffStatus = status,
        Effect = wasSent ? Effect.Unknown : Effect.NotSent,
    };

    /// <summary>Whether sending again can help at all.</summary>
    public bool IsTransient => Response is null
        ? Failure is AttemptFailure.TimedOut || (Failure is AttemptFailure.Connection && !IsRefusedCertificate)
        : Response.StatusCode is 408 or 429 or 500 or 502 or 503 or 504 or (>= 520 and <= 530);

    /// <summary>The innermost reason, for people.</summary>
    public string Reason
    {
        get
        {
            Exception? inner = Exception;
            while (inner?.InnerException is not null)
            {
                inner = inner.InnerException;
            }

            return inner is null ? "" : TextSanitizer.Clean(inner.Message).TrimEnd('.');
        }
    }

    /// <summary>The socket's own error, where that is what failed.</summary>
    public SocketError? SocketError => WebStatus is WebExceptionStatus.NameResolutionFailure
        ? System.Net.Sockets.SocketError.HostNotFound
        : Find<SocketException>()?.SocketErrorCode;

    public void Dispose() => Response?.Dispose();

    // Only a success or the service's own refusal proves anything, and what is said before a request was taken in.
    private static Effect EffectOf(ApiResponse response, bool wasSent) => response.StatusCode switch
    {
        >= 200 and < 300 => Effect.Done,
        _ when !wasSent => Effect.Rejected,
        401 or 407 or 511 or (>= 300 and < 400) => Effect.Rejected,
        408 => Effect.Unknown,
        >= 400 and < 500 when response.IsFromService => Effect.Rejected,
        _ => Effect.Unknown,
    };

    // .NET Framework tells by a status what .NET tells by the type of an inner exception.
    private WebExceptionStatus? WebStatus => Find<WebException>()?.Status;

    private bool IsRefusedCertificate =>
        Find<AuthenticationException>() is not null || WebStatus is WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure;

    // The decompressor has an exception type of its own, which .NET Standard does not name.
    private static bool IsOfDecompression(Exception? failure) => failure is not null
        && (failure is InvalidDataException || failure.GetType().Namespace == "System.IO.Compression" || IsOfDecompression(failure.InnerException));

    private T? Find<T>()
        where T : Exception
    {
        for (Exception? e = Exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}
