namespace DeepsetCloud.Client;

/// <summary>What can go wrong. The names are the error ids that users see: stable for the life of the product.</summary>
internal enum ApiErrorKind
{
    SessionRequired,
    Unauthorized,
    Forbidden,
    ApiTokenNotFound,
    InvalidRequest,
    Conflict,
    RateLimited,
    ServiceUnavailable,
    RequestTimeout,
    ConnectionFailed,
    InvalidResponse,
    CreationUncertain,
}
