using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Text;

namespace DeepsetCloud.Parameters;

/// <summary>Checks ids and names before anything is sent, in the words of the parameters that take them.</summary>
internal static class Identifiers
{
    /// <summary>Checks an id of a token.</summary>
    /// <exception cref="DcApiException">It cannot be an id.</exception>
    public static void CheckTokenId(string id) =>
        Check(id, "an API token id (-ApiTokenId)", PathSegment.FaultOf(id));

    /// <summary>Checks the name of a workspace.</summary>
    /// <exception cref="DcApiException">It cannot be such a name.</exception>
    public static void CheckWorkspace(string name) =>
        Check(name, "the name of a workspace (-Workspace)", PathSegment.FaultOf(name, allowInnerBlanks: true));

    /// <summary>Checks an id at which a page begins or ends. It is part of the query, so it may hold anything that can be sent.</summary>
    /// <exception cref="DcApiException">It cannot be sent as it is.</exception>
    public static void CheckCursor(string id) =>
        Check(id, "the id of a token in the list (-After, -Before)", UnicodeText.IsWellFormed(id) ? null : "it is not valid Unicode text");

    private static void Check(string text, string what, string? fault)
    {
        if (fault is not null)
        {
            string shown = text.Length > 60 ? text.Substring(0, 60) + "…" : text;
            throw new DcApiException(
                ApiErrorKind.InvalidRequest,
                $"'{TextSanitizer.Clean(shown)}' cannot be {what}: {fault}. Nothing was sent. Give it as Get-DcApiToken or the service shows it.");
        }
    }
}
