using System.Globalization;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Commands.Errors;

namespace DeepsetCloud.Tests.Help;

public partial class AboutTopicTests
{
    private static readonly string Folder = Path.Combine(ModuleUnderTest.RepositoryRoot, "en-US");

    public static TheoryData<string> Topics => [.. Directory.GetFiles(Folder, "about_*").Select(file => Path.GetFileName(file).Split('.')[0])];

    public static TheoryData<string> ErrorIds => [.. Enum.GetNames<ApiErrorKind>()];

    public static string FileOf(string topic) => Path.Combine(Folder, topic + ".help.txt");

    [Fact]
    public void The_folder_holds_the_help_and_nothing_else() =>
        Assert.Equal(
            [
                "DeepsetCloud.PowerShell.dll-Help.xml", "about_DeepsetCloud.help.txt", "about_DeepsetCloud_Errors.help.txt",
                "about_DeepsetCloud_Sessions.help.txt",
            ],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_plain_text_for_every_console(string topic)
    {
        string[] lines = File.ReadAllLines(FileOf(topic));

        Assert.Equal(["TOPIC", "    " + topic, "", "SHORT DESCRIPTION"], lines[..4]);
        Assert.All(lines, line =>
        {
            Assert.True(line.Length <= 80, line);
            Assert.Equal(line.TrimEnd(), line);
            Assert.All(line, c => Assert.InRange(c, ' ', '~'));
        });
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_to_see_also_exists(string topic)
    {
        string text = File.ReadAllText(FileOf(topic)).ReplaceLineEndings("\n");
        string[] names = text[text.IndexOf("SEE ALSO\n", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[1..];

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(File.Exists(FileOf(name)) || MarkdownHelp.Pages.Any(page => page.Name == name), name));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Code_in_a_topic_is_PowerShell_with_parameters_that_exist(string topic)
    {
        string[] code = [.. CodeBlock().Matches(File.ReadAllText(FileOf(topic)).ReplaceLineEndings("\n")).Select(m => m.Value)];

        Assert.NotEmpty(code);
        Assert.All(code, block =>
        {
            Ast ast = Parser.ParseInput(block, out _, out ParseError[] errors);
            Assert.True(errors.Length == 0, block);
            Assert.All(ast.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>(), AssertParametersExist);
        });
    }

    [Theory]
    [MemberData(nameof(ErrorIds))]
    public void The_errors_topic_agrees_with_the_code(string id)
    {
        ApiErrorKind kind = Enum.Parse<ApiErrorKind>(id);
        string text = File.ReadAllText(FileOf("about_DeepsetCloud_Errors")).ReplaceLineEndings("\n");

        Match entry = Regex.Match(text, $"\n    {id}\n        Category:  (?<category>\\w+)\n        When:(?<when>.+?)\n        Action:(?<action>.+?)\n\n", RegexOptions.Singleline);

        Assert.True(entry.Success, $"There is no entry for {id}.");
        Assert.Equal(ErrorTable.CategoryOf(kind).ToString(), entry.Groups["category"].Value);
        Assert.Equal(ErrorTable.ActionFor(kind), HelpText.Flat(entry.Groups["action"].Value));
        Assert.Equal(ErrorTable.IsTerminating(kind), entry.Groups["when"].Value.Contains("Ends the", StringComparison.Ordinal));
    }

    [Fact]
    public void The_errors_topic_knows_no_other_errors()
    {
        string text = File.ReadAllText(FileOf("about_DeepsetCloud_Errors")).ReplaceLineEndings("\n");

        Assert.Equal(Enum.GetNames<ApiErrorKind>(), ErrorEntry().Matches(text).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void The_numbers_in_the_sessions_topic_are_those_of_the_code()
    {
        string text = HelpText.Flat(File.ReadAllText(FileOf("about_DeepsetCloud_Sessions")));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"({ConnectionOptions.DefaultTimeout.TotalSeconds} seconds if nothing is said)"), text, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"how often a request is sent again ({ConnectionOptions.DefaultMaximumRetryCount})"), text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(2), RetryPolicy.LongestRetryAfter);
        Assert.Contains("up to two minutes", text, StringComparison.Ordinal);
        Assert.Contains(ServiceAddress.Europe.ToString().TrimEnd('/'), text, StringComparison.Ordinal);
        Assert.Contains(ServiceAddress.UnitedStates.ToString().TrimEnd('/'), text, StringComparison.Ordinal);
    }

    // Only of the module's own commands: the others belong to somebody else.
    private static void AssertParametersExist(CommandAst command)
    {
        if (MarkdownHelp.Pages.FirstOrDefault(page => page.Name == command.GetCommandName()) is not { } page)
        {
            return;
        }

        string[] common = ["Verbose", "ErrorAction", "ErrorVariable"];
        Assert.All(
            command.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName),
            name => Assert.True(common.Contains(name) || page.Parameters.Any(p => p.Name == name), $"{page.Name} -{name}"));
    }

    // Behind an empty line or a heading; lists and the entries of the error table are indented otherwise.
    [GeneratedRegex("(?<=\n\n|[A-Z]\n)(?: {8}.*(?:\n|$))+")]
    private static partial Regex CodeBlock();

    [GeneratedRegex("\n    (\\w+)\n        Category:")]
    private static partial Regex ErrorEntry();
}
