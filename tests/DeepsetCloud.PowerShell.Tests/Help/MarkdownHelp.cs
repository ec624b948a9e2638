using System.Text.RegularExpressions;

namespace DeepsetCloud.Tests.Help;

/// <summary>Reads the pages in docs/.</summary>
internal static partial class MarkdownHelp
{
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Path.Combine(ModuleUnderTest.RepositoryRoot, "docs"), "*-Dc*.md").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<HelpPage> Pages { get; } = [.. Files.Select(Read)];

    public static HelpPage Of(string name) => Assert.Single(Pages, page => page.Name == name);

    private static HelpPage Read(string file)
    {
        string text = File.ReadAllText(file).ReplaceLineEndings("\n");
        Dictionary<string, string> sections = Split(text, SectionHeading()).ToDictionary(s => s.Title, s => s.Body);
        return new HelpPage
        {
            Name = PageHeading().Match(text).Groups[1].Value,
            Synopsis = HelpText.Plain(sections["SYNOPSIS"]),
            Description = HelpText.Paragraphs(sections["DESCRIPTION"]),
            Syntax = [.. Parts(sections["SYNTAX"]).Select(s => new HelpSyntax(s.Title, HelpText.SyntaxParameters(HelpText.Flat(s.Body))))],
            Examples = [.. Parts(sections["EXAMPLES"]).Select(ToExample)],
            Parameters = [.. Parts(sections["PARAMETERS"]).Where(s => s.Title.StartsWith('-')).Select(ToParameter)],
            Inputs = Types(sections["INPUTS"]),
            Outputs = Types(sections["OUTPUTS"]),
            Notes = HelpText.Paragraphs(sections["NOTES"]),
            Links = [.. LinkName().Matches(sections["RELATED LINKS"]).Select(m => m.Groups[1].Value)],
        };
    }

    private static List<HelpType> Types(string section) => [.. Parts(section).Select(s => new HelpType(s.Title, HelpText.Plain(s.Body)))];

    private static HelpExample ToExample((string Title, string Body) part)
    {
        Match match = ExampleBody().Match(part.Body);
        Assert.True(match.Success, $"'{part.Title}' is not one block of code with a remark behind it.");
        return new HelpExample(HelpText.Plain(part.Title), match.Groups["code"].Value.Trim('\n'), HelpText.Plain(match.Groups["remarks"].Value));
    }

    private static HelpParameter ToParameter((string Title, string Body) part)
    {
        Match match = ParameterBody().Match(part.Body);
        Assert.True(match.Success, $"{part.Title} has no text or no properties.");
        YamlBlock yaml = YamlBlock.Read(match.Groups["yaml"].Value);
        return new HelpParameter
        {
            Name = part.Title[1..],
            Text = HelpText.Plain(match.Groups["text"].Value),
            Type = yaml.Values["Type"],
            DefaultValue = yaml.Values["DefaultValue"].Trim('\''),
            Aliases = string.Join(", ", yaml.Lists["Aliases"]),
            Wildcards = bool.Parse(yaml.Values["SupportsWildcards"]),
            AcceptedValues = yaml.Lists["AcceptedValues"],
            Sets =
            [
                .. yaml.Groups.Select(set => new HelpParameterSet(
                    set["Name"],
                    set["Position"],
                    bool.Parse(set["IsRequired"]),
                    bool.Parse(set["ValueFromPipeline"]),
                    bool.Parse(set["ValueFromPipelineByPropertyName"]))),
            ],
        };
    }

    private static IEnumerable<(string Title, string Body)> Parts(string section) => Split(section, PartHeading());

    private static IEnumerable<(string Title, string Body)> Split(string text, Regex heading)
    {
        MatchCollection found = heading.Matches(text);
        for (int i = 0; i < found.Count; i++)
        {
            int start = found[i].Index + found[i].Length;
            int end = i + 1 < found.Count ? found[i + 1].Index : text.Length;
            yield return (found[i].Groups[1].Value, text[start..end].Trim('\n'));
        }
    }

    [GeneratedRegex("^# (.+)$", RegexOptions.Multiline)]
    private static partial Regex PageHeading();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex SectionHeading();

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex PartHeading();

    [GeneratedRegex("^- \\[([^\\]]+)\\]\\(", RegexOptions.Multiline)]
    private static partial Regex LinkName();

    [GeneratedRegex("^```powershell\n(?<code>.*?)\n```\n+(?<remarks>[^`].*|`[^`].*)$", RegexOptions.Singleline)]
    private static partial Regex ExampleBody();

    [GeneratedRegex("^(?<text>.+?)\n+```yaml\n(?<yaml>.+?)\n```$", RegexOptions.Singleline)]
    private static partial Regex ParameterBody();
}
