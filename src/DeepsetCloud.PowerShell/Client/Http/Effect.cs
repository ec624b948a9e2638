namespace DeepsetCloud.Client.Http;

/// <summary>
/// What a request did at the service, as far as it can be known. In the order of how much may have happened: of several attempts
/// the greatest counts.
/// </summary>
internal enum Effect
{
    /// <summary>Nothing: the request never left this computer.</summary>
    NotSent,

    /// <summary>Nothing: the response proves that the request was turned away before it was acted on.</summary>
    Rejected,

    /// <summary>The request was sent, and nothing tells whether it was acted on.</summary>
    Unknown,

    /// <summary>What was asked for.</summary>
    Done,
}
