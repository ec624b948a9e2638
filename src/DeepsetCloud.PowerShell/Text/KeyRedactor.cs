using System.Text;

namespace DeepsetCloud.Text;

/// <summary>
/// Takes secrets out of foreign text: keys of this service, also one that nobody here knows yet, and user names and passwords in
/// addresses (such as that of a proxy). Linear in the length of the text, however hostile it is.
/// </summary>
internal static class KeyRedactor
{
    /// <summary>What stands where a key was taken out.</summary>
    public const string Mark = "[API key]";

    /// <summary>What stands where a user name and password were taken out of an address.</summary>
    public const string CredentialMark = "[credential]";

    // No name of a field is as long and has a digit in it.
    private const int ShortestKey = 20;
    private static readonly string[] Beginnings = ["api_", "eyJ"];

    /// <summary>Takes out a known secret, and all that looks like one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secret">The secret; in whatever case it is repeated, since a host name is made lower-case.</param>
    public static string Redact(string text, string secret)
    {
        int from = 0;
        for (int at; (at = text.IndexOf(secret, from, StringComparison.OrdinalIgnoreCase)) >= 0; from = at + Mark.Length)
        {
            text = text.Substring(0, at) + Mark + text.Substring(at + secret.Length);
        }

        return Redact(text);
    }

    /// <summary>Takes out what looks like a secret.</summary>
    public static string Redact(string text)
    {
        text = RedactAddresses(text);
        var shown = new StringBuilder(text.Length);
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = start;
            while (end < text.Length && IsOfAKey(text[end]))
            {
                end++;
            }

            if (end == start)
            {
                shown.Append(text[end++]);
                continue;
            }

            string word = text.Substring(start, end - start);
            int key = KeyIn(word);
            shown.Append(key < 0 ? word : word.Substring(0, key) + Mark);
        }

        return shown.ToString();
    }

    // scheme://user:password@host: whatever stands between the slashes and the last @ before the host ends.
    private static string RedactAddresses(string text)
    {
        const string slashes = "://";
        var shown = new StringBuilder(text.Length);
        int done = 0;
        for (int at; (at = text.IndexOf(slashes, done, StringComparison.Ordinal)) >= 0;)
        {
            int start = at + slashes.Length;
            int end = start;
            int mark = -1;
            for (; end < text.Length && !IsEndOfAuthority(text[end]); end++)
            {
                mark = text[end] == '@' ? end : mark;
            }

            shown.Append(text, done, start - done);
            done = start;
            if (mark >= 0)
            {
                shown.Append(CredentialMark);
                done = mark;
            }
        }

        return shown.Append(text, done, text.Length - done).ToString();
    }

    private static bool IsEndOfAuthority(char c) => char.IsWhiteSpace(c) || c is '/' or '?' or '#' or '"' or '\'' or '<' or '>' or '\\';

    private static int KeyIn(string word)
    {
        int[] found = [.. Beginnings.Select(beginning => word.IndexOf(beginning, StringComparison.Ordinal)).Where(at => at >= 0)];
        int at = found.Length == 0 ? -1 : found.Min();
        return at >= 0 && word.Length - at >= ShortestKey && word.Skip(at).Any(c => c is >= '0' and <= '9') ? at : -1;
    }

    private static bool IsOfAKey(char c) =>
        c is '_' or '-' or '.' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
