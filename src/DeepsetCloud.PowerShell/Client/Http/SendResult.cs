namespace DeepsetCloud.Client.Http;

/// <summary>What became of a request after its last attempt. Dispose it: the response may hold a secret.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Last">What came of it last.</param>
/// <param name="Attempts">How many attempts there were.</param>
/// <param name="Effect">What all attempts together did at the service.</param>
internal sealed record SendResult(ApiRequest Request, AttemptResult Last, int Attempts, Effect Effect) : IDisposable
{
    /// <summary>Whether waiting ended since nothing of the session got through any more.</summary>
    public bool IsStalled { get; init; }

    /// <summary>The response that the last attempt brought, if any.</summary>
    public ApiResponse? Response => Last.Response;

    public void Dispose() => Last.Dispose();
}
