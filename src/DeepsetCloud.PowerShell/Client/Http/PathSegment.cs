using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>Text that becomes one segment of a path, and must not become anything else.</summary>
internal static class PathSegment
{
    private const int MaximumLength = 512;

    /// <summary>Checks an id of a token.</summary>
    /// <exception cref="DcApiException">It cannot be an id.</exception>
    public static void CheckTokenId(string id) => Check(id, "an API token id (-ApiTokenId)", allowInnerBlanks: false);

    /// <summary>Checks an id at which a page begins or ends. It is a parameter, not a segment: it may hold anything that can be sent.</summary>
    /// <exception cref="DcApiException">It cannot be sent as it is.</exception>
    public static void CheckCursor(string id)
    {
        if (!UnicodeText.IsWellFormed(id))
        {
            throw Refused(id, "the id of a token in the list (-After, -Before)", "it is not valid Unicode text");
        }
    }

    /// <summary>Checks the name of a workspace.</summary>
    /// <exception cref="DcApiException">It cannot be such a name.</exception>
    public static void CheckWorkspace(string name) => Check(name, "the name of a workspace (-Workspace)", allowInnerBlanks: true);

    private static void Check(string text, string what, bool allowInnerBlanks)
    {
        string? reason = Reason(text, allowInnerBlanks);
        if (reason is not null)
        {
            throw Refused(text, what, reason);
        }
    }

    private static DcApiException Refused(string text, string what, string reason)
    {
        string shown = text.Length > 60 ? text.Substring(0, 60) + "…" : text;
        return new DcApiException(
            ApiErrorKind.InvalidRequest,
            $"'{TextSanitizer.Clean(shown)}' cannot be {what}: {reason}. Nothing was sent. Give it as Get-DcApiToken or the service shows it.");
    }

    // Escaping alone is not enough: dots are resolved and %2F is decoded by servers and proxies on the way.
    private static string? Reason(string text, bool allowInnerBlanks)
    {
        if (text.Length == 0)
        {
            return "it is empty";
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return "it is blank";
        }

        if (text is "." or "..")
        {
            return "it is a relative path";
        }

        // The addresses of .NET Framework lose it.
        if (DotNetFramework.IsCurrent && text[text.Length - 1] == '.')
        {
            return "it ends in a dot, which Windows PowerShell cannot send";
        }

        if (text.Length > MaximumLength)
        {
            return $"it is longer than {MaximumLength} characters";
        }

        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[text.Length - 1]))
        {
            return "it begins or ends with a blank";
        }

        foreach (char c in text)
        {
            if (c is '/' or '\\' or '?' or '#' or '%')
            {
                return $"it contains '{c}'";
            }

            if (char.IsControl(c) || (char.IsWhiteSpace(c) && !(allowInnerBlanks && c == ' ')))
            {
                return $"it contains a blank or control character (U+{(int)c:X4})";
            }
        }

        return UnicodeText.IsWellFormed(text) ? null : "it is not valid Unicode text";
    }
}
