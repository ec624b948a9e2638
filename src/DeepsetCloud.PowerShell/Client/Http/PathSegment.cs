using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>Text that becomes one segment of a path, and must not become anything else.</summary>
internal static class PathSegment
{
    private const int MaximumLength = 512;

    /// <summary>What keeps a text from being sent as one segment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowInnerBlanks">Whether blanks may stand between other characters, as in the name of a workspace.</param>
    /// <returns>The fault, to stand behind "cannot be …:"; null if there is none.</returns>
    /// <remarks>Escaping alone is not enough: dots are resolved and %2F is decoded by servers and proxies on the way.</remarks>
    public static string? FaultOf(string text, bool allowInnerBlanks = false)
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
            return "it ends in a dot, which .NET Framework does not send";
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
