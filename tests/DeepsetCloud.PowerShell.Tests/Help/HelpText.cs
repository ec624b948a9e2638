using System.Text.RegularExpressions;

namespace DeepsetCloud.Tests.Help;

/// <summary>Text as a console shows it, made comparable.</summary>
internal static partial class HelpText
{
    /// <summary>Without Markdown's marks, and with blanks as the only white space.</summary>
    public static string Plain(string markdown) => Flat(Link().Replace(Code().Replace(markdown, "$1"), "$1"));

    /// <summary>With blanks as the only white space.</summary>
    public static string Flat(string text) => WhiteSpace().Replace(text, " ").Trim();

    /// <summary>Paragraphs, each plain.</summary>
    public static IReadOnlyList<string> Paragraphs(string markdown) => [.. EmptyLines().Split(markdown.Trim()).Select(Plain).Where(p => p.Length > 0)];

    /// <summary>What a person calls the type: int? is int.</summary>
    public static string WithoutNullable(string type) => Nullable().Replace(type, "$1");

    /// <summary>The parameters in a line of syntax, with an exclamation mark if they are mandatory.</summary>
    public static IReadOnlyList<string> SyntaxParameters(string line) =>
        [.. SyntaxParameter().Matches(line).Select(m => m.Groups["name"].Value + (m.Groups["optional"].Success ? "" : "!"))];

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"(?:\r?\n){2,}")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"^System\.Nullable`1\[(.+)\]$")]
    private static partial Regex Nullable();

    // [-A <x>] and [[-A] <x>] are optional; -A <x> and [-A] <x> are mandatory.
    [GeneratedRegex(@"(?:(?<optional>\[\[)-(?<name>\w+)\] <[^>]+>\]|\[-(?<name>\w+)\] <|(?<optional>\[)-(?<name>\w+)(?: <[^>]+>)?\]|(?<![\[\w])-(?<name>[A-Z]\w+))")]
    private static partial Regex SyntaxParameter();
}
