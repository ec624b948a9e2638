using System.Text;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Text;

/// <summary>
/// Hides what looks like a key of this service in a text of the service: a refusal may repeat a key that it was sent, or
/// one that it has just created, which nobody here knows yet. Linear in the length of the text, however hostile it is.
/// </summary>
internal static class KeyRedactor
{
    // No name of a field is as long and has a digit in it.
    private const int ShortestKey = 20;
    private static readonly string[] Beginnings = ["api_", "eyJ"];

    public static string Redact(string text)
    {
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
            shown.Append(key < 0 ? word : word.Substring(0, key) + BearerToken.Mark);
        }

        return shown.ToString();
    }

    private static int KeyIn(string word)
    {
        int[] found = [.. Beginnings.Select(beginning => word.IndexOf(beginning, StringComparison.Ordinal)).Where(at => at >= 0)];
        int at = found.Length == 0 ? -1 : found.Min();
        return at >= 0 && word.Length - at >= ShortestKey && word.Skip(at).Any(c => c is >= '0' and <= '9') ? at : -1;
    }

    private static bool IsOfAKey(char c) =>
        c is '_' or '-' or '.' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
