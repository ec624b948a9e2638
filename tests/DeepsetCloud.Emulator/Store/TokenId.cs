namespace DeepsetCloud.Emulator;

/// <summary>Reads ids to the letter; the framework's own parser would forgive blanks around them.</summary>
internal static class TokenId
{
    private const int Length = 36;

    public static bool TryParse(string text, out Guid id)
    {
        id = default;
        return text.Length == Length && Guid.TryParseExact(text, "D", out id);
    }
}
