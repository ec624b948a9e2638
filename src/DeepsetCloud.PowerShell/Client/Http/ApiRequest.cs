namespace DeepsetCloud.Client.Http;

/// <summary>One request, before its attempts.</summary>
/// <param name="Method">The method.</param>
/// <param name="RelativeUri">Path and query, escaped, relative to the service's root.</param>
internal sealed record ApiRequest(HttpMethod Method, string RelativeUri)
{
    /// <summary>The JSON body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A GET or DELETE may be sent again after any failure of the connection; a POST only if it was surely never sent.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post;

    /// <summary>Whether it must be known if the request left this computer: where a repetition would not be the same.</summary>
    public bool IsTracked => Method != HttpMethod.Get;

    /// <summary>For messages: method and path.</summary>
    public override string ToString() => $"{Method} /{RelativeUri}";
}
