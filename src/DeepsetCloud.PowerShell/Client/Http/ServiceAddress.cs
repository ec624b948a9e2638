namespace DeepsetCloud.Client.Http;

/// <summary>The root of the service, from any of the forms in which people have it.</summary>
internal static class ServiceAddress
{
    public static Uri Europe { get; } = new("https://api.cloud.deepset.ai/");

    public static Uri UnitedStates { get; } = new("https://api.us.deepset.ai/");

    /// <summary>Reads an address with or without <c>/api</c>, <c>/api/v1</c> and a slash at its end.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowUnencrypted">Whether plain http is accepted for other hosts than this computer.</param>
    /// <param name="address">
    /// The address up to where <c>api/v1/…</c> is appended: it ends in a slash. With a fault, as much as could be read; null for nothing.
    /// </param>
    /// <returns>What keeps a key from being sent there.</returns>
    public static AddressFault Parse(string text, bool allowUnencrypted, out Uri? address)
    {
        address = Read(text.Trim());
        if (address is not { Scheme: "http" or "https", Host.Length: > 0 } uri)
        {
            return AddressFault.NotHttp;
        }

        if (uri.UserInfo.Length > 0)
        {
            return AddressFault.HoldsCredential;
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return AddressFault.HoldsQuery;
        }

        if (uri.Scheme == "http" && !uri.IsLoopback && !allowUnencrypted)
        {
            return AddressFault.Unencrypted;
        }

        string path = uri.AbsolutePath.TrimEnd('/');
        path = RemoveEnd(RemoveEnd(path, "/v1"), "/api", onlyIf: path);
        address = new UriBuilder(uri) { Path = path + "/" }.Uri;
        return AddressFault.None;
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
}
