using System.Management.Automation;
using DeepsetCloud.Client;

namespace DeepsetCloud.Commands.Errors;

/// <summary>The category of each error and what to do about it: the table that docs/errors.md shows.</summary>
internal static class ErrorTable
{
    /// <summary>How PowerShell classifies the error.</summary>
    public static ErrorCategory CategoryOf(ApiErrorKind kind) => kind switch
    {
        ApiErrorKind.SessionRequired => ErrorCategory.AuthenticationError,
        ApiErrorKind.Unauthorized => ErrorCategory.AuthenticationError,
        ApiErrorKind.Forbidden => ErrorCategory.PermissionDenied,
        ApiErrorKind.ApiTokenNotFound => ErrorCategory.ObjectNotFound,
        ApiErrorKind.InvalidRequest => ErrorCategory.InvalidArgument,
        ApiErrorKind.Conflict => ErrorCategory.ResourceExists,
        ApiErrorKind.RateLimited => ErrorCategory.LimitsExceeded,
        ApiErrorKind.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        ApiErrorKind.RequestTimeout => ErrorCategory.OperationTimeout,
        ApiErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        ApiErrorKind.InvalidResponse => ErrorCategory.InvalidData,
        ApiErrorKind.CreationUncertain => ErrorCategory.InvalidResult,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What the user can do about this error: the general advice, unless the operation or who responded calls for another.</summary>
    public static string ActionFor(DcApiException error) => (error.Kind, error.Operation) switch
    {
        (ApiErrorKind.Forbidden, Operation.List or Operation.WhoAmI) => "Connect with a key, or as a user, that may do this, or ask an administrator of the organization for the permission.",
        (ApiErrorKind.Conflict, Operation.Remove) => "Run Get-DcApiToken to see whether the token is still there. If it is, read the service's own words, and try again later.",
        (ApiErrorKind.ConnectionFailed, _) when error.StatusCode == 407 => "Give the proxy the credentials that it asks for, or use another proxy.",
        (ApiErrorKind.ConnectionFailed, _) when error.StatusCode == 511 => "Open a web page in a browser on this network, sign in there, and run the command again.",
        (ApiErrorKind.ServiceUnavailable or ApiErrorKind.RateLimited, _) when error.IsFromGateway =>
            "Try again later. If it stays, ask those who run the gateway or proxy that the message names.",
        _ => ActionFor(error.Kind),
    };

    /// <summary>What the user can do about errors of a kind.</summary>
    public static string ActionFor(ApiErrorKind kind) => kind switch
    {
        ApiErrorKind.SessionRequired => "Run Connect-DcSession, or set the environment variable DEEPSET_API_KEY.",
        ApiErrorKind.Unauthorized => "Check that the key is complete, not expired and not removed, and that it belongs to this region; then run Connect-DcSession again.",
        ApiErrorKind.Forbidden => "Connect with the token of a signed-in user who may manage API tokens. API keys can list tokens but cannot create or remove them.",
        ApiErrorKind.ApiTokenNotFound => "Run Get-DcApiToken to see which tokens there are. The token may be gone already, or belong to another organization or region.",
        ApiErrorKind.InvalidRequest => "Correct the argument that the message names and run the command again.",
        ApiErrorKind.Conflict => "Run Get-DcApiToken to see what exists already, and choose another name or remove what is in the way.",
        ApiErrorKind.RateLimited => "Wait as long as the message says, and run the command again; a removal of many goes easier with a lower -ThrottleLimit.",
        ApiErrorKind.ServiceUnavailable => "Try again later. If it stays, give the request id of the exception to deepset's support.",
        ApiErrorKind.RequestTimeout => "Try again, or connect with a larger -TimeoutSec.",
        ApiErrorKind.ConnectionFailed => "Check the address of the session (Get-DcSession), the network, the proxy and the certificate.",
        ApiErrorKind.InvalidResponse => "Check that the address of the session (Get-DcSession) is the service itself and that no proxy answers in its place.",
        ApiErrorKind.CreationUncertain => "Look for the token with Get-DcApiToken before you create it again, and remove it if it is there: its secret cannot be shown any more.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Whether the error makes all later work of a command pointless.</summary>
    public static bool IsTerminating(ApiErrorKind kind) => kind is ApiErrorKind.SessionRequired or ApiErrorKind.Unauthorized;
}
