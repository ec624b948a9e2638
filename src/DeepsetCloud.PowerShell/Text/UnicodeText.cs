namespace DeepsetCloud.Text;

/// <summary>Tells text from what only looks like it.</summary>
internal static class UnicodeText
{
    /// <summary>Whether no character of it is half of one. Such a text cannot be sent: it would arrive as another.</summary>
    public static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
