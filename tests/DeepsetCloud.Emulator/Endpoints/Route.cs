namespace DeepsetCloud.Emulator;

/// <summary>What a path leads to.</summary>
internal enum Endpoint
{
    None,
    Health,
    Me,
    Tokens,
    WorkspaceTokens,
    Token,
}

/// <summary>
/// The endpoint that a path as on the wire leads to, and the value in it. Matches to the letter: doubled slashes, dot segments and
/// encoded separators lead nowhere.
/// </summary>
internal readonly record struct Route(Endpoint Endpoint, string Value = "")
{
    public bool IsList => Endpoint is Endpoint.Tokens or Endpoint.WorkspaceTokens;

    /// <summary>Methods allowed here, as an Allow header has them.</summary>
    public string Allow => Endpoint switch
    {
        Endpoint.Tokens => "GET, POST",
        Endpoint.Token => "DELETE",
        _ => "GET",
    };

    public static Route Match(string rawPath)
    {
        string[] segments = rawPath.Split('/');
        return segments switch
        {
            ["", "health"] => new Route(Endpoint.Health),
            ["", "api", "v1", "me"] => new Route(Endpoint.Me),
            ["", "api", "v1", "token"] => new Route(Endpoint.Tokens),
            ["", "api", "v1", "token", var id] when Decode(id) is { } value => new Route(Endpoint.Token, value),
            ["", "api", "v1", "workspaces", var name, "token"] when Decode(name) is { } value => new Route(Endpoint.WorkspaceTokens, value),
            _ => default,
        };
    }

    private static string? Decode(string segment)
    {
        string value = Uri.UnescapeDataString(segment);
        bool harmless = value is not ("" or "." or "..") && !value.Any(c => c is '/' or '\\' or '?' or '#' || char.IsControl(c));
        return harmless ? value : null;
    }
}
