using System.Globalization;
using System.Text;

namespace DeepsetCloud.Text;

/// <summary>Makes foreign text safe to show.</summary>
internal static class TextSanitizer
{
    /// <summary>One line, and nothing that moves a cursor or reorders a line.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        bool blank = false;
        foreach (char c in text)
        {
            UnicodeCategory category = char.GetUnicodeCategory(c);
            if (char.IsWhiteSpace(c) || category is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                blank = clean.Length > 0;
                continue;
            }

            if (blank)
            {
                clean.Append(' ');
                blank = false;
            }

            clean.Append(c);
        }

        return clean.ToString();
    }
}
