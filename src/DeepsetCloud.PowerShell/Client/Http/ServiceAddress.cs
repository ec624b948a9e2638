namespace DeepsetCloud.Client.Http;

/// <summary>The root of the service, from any of the forms in which people have it.</summary>
internal static class ServiceAddress
{
    public static Uri Europe { get; } = new("https://api.cloud.deepset.ai/");

    public static Uri UnitedStates { get; } = new("https://api.us.deepset.ai/");

    /// <summary>Reads an address with or without <c>/api</c> or <c>/api/v1</c> and a slash at its end.</summary>
    /// <param name="text">The address.</param>
    /// <param name="source">Where it was given, for messages: a parameter, an environment variable.</param>
    /// <param name="allowUnencrypted">Whether plain http is accepted for other hosts than this computer.</param>
    /// <returns>The address up to where <c>api/v1/…</c> is appended: it ends in a slash.</returns>
    /// <exception cref="DcApiException">It is no address that a key may be sent to.</exception>
    public static Uri Parse(string text, string source, bool allowUnencrypted)
    {
        text = text.Trim();
        if (Read(text) is not { } uri || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            // Not repeated: what was meant as an address may hold a password or be the key itself.
            throw Refused($"What {source} holds is not an http or https address. Give one such as {Europe}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw Refused($"The address for {uri.Host} in {source} carries a user name or password. Give the address without it, and the key with -ApiKey.");
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Refused($"The address for {uri.Host} in {source} has a query or a fragment ('?' or '#'). Give only the part before it.");
        }

        if (uri.Scheme == "http" && !uri.IsLoopback && !allowUnencrypted)
        {
            throw Refused(
                $"The address {uri} in {source} is not encrypted: everybody on the way could read the API key. "
                + "Use https, or -AllowUnencryptedAuthentication if you accept that.");
        }

        string path = uri.AbsolutePath.TrimEnd('/');
        path = RemoveEnd(RemoveEnd(path, "/v1"), "/api", onlyIf: path);
        return new UriBuilder(uri) { Path = path + "/" }.Uri;
    }

    private static Uri? Read(string text)
    {
        try
        {
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null;
        }
        catch (IndexOutOfRangeException)
        {
            // A fault of .NET, with two slashes and nothing behind them but characters that it leaves out.
            return null;
        }
    }

    // "/v1" is ours only behind "/api": a customer's own "/gateway/v1" stays.
    private static string RemoveEnd(string path, string end, string? onlyIf = null)
    {
        if (path.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        {
            return path.Substring(0, path.Length - end.Length);
        }

        return onlyIf ?? path;
    }

    private static DcApiException Refused(string message) => new(ApiErrorKind.InvalidRequest, message);
}
