using System.Management.Automation;
using System.Reflection;

namespace DeepsetCloud.Tests.Help;

/// <summary>The pages say what the code is: every cmdlet, parameter, parameter set and type, and none besides.</summary>
public class HelpCoverageTests
{
    private static readonly Dictionary<string, Type> Commands = typeof(ApiToken).Assembly.GetTypes()
        .Select(type => (Type: type, Attribute: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(command => command.Attribute is not null)
        .ToDictionary(command => $"{command.Attribute!.VerbName}-{command.Attribute.NounName}", command => command.Type);

    public static TheoryData<string> Cmdlets => [.. Commands.Keys];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(Commands.Keys.Order(StringComparer.Ordinal), MarkdownHelp.Pages.Select(page => page.Name));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_are_those_of_the_code(string cmdlet)
    {
        IReadOnlyList<HelpParameter> wanted = CodeHelp.Parameters(Commands[cmdlet]);
        IReadOnlyList<HelpParameter> described = MarkdownHelp.Of(cmdlet).Parameters;

        Assert.Equal(wanted.Select(p => p.Name), described.Select(p => p.Name));
        Assert.All(wanted.Zip(described), pair =>
        {
            (HelpParameter code, HelpParameter page) = pair;
            Assert.Equal(code.Type, page.Type);
            Assert.Equal(code.DefaultValue, page.DefaultValue);
            Assert.Equal(code.Aliases, page.Aliases);
            Assert.Equal(code.Wildcards, page.Wildcards);
            Assert.Equal(code.AcceptedValues, page.AcceptedValues);
            Assert.Equal(code.Sets, page.Sets);
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameter_sets_are_those_of_the_code(string cmdlet)
    {
        IReadOnlyList<HelpSyntax> wanted = CodeHelp.Syntax(Commands[cmdlet]);
        IReadOnlyList<HelpSyntax> described = MarkdownHelp.Of(cmdlet).Syntax;

        Assert.Equal(wanted.Select(s => s.Set), described.Select(s => s.Set));
        Assert.All(wanted.Zip(described), pair =>
            Assert.Equal(pair.First.Parameters.Order(StringComparer.Ordinal), pair.Second.Parameters.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Types_in_and_out_are_those_of_the_code(string cmdlet)
    {
        HelpPage page = MarkdownHelp.Of(cmdlet);

        Assert.Equal(CodeHelp.Outputs(Commands[cmdlet]), page.Outputs.Select(o => o.Name));
        Assert.Equal(CodeHelp.Inputs(Commands[cmdlet]).Order(StringComparer.Ordinal), page.Inputs.Select(i => i.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_part_is_written(string cmdlet)
    {
        HelpPage page = MarkdownHelp.Of(cmdlet);

        Assert.NotEmpty(page.Description);
        Assert.True(page.Examples.Count >= 3, "Three examples at least.");
        Assert.NotEmpty(page.Notes);
        Assert.NotEmpty(page.Links);
        Assert.All(page.Examples.Select((example, index) => (example, index)), e =>
        {
            Assert.StartsWith($"Example {e.index + 1}: ", e.example.Title, StringComparison.Ordinal);
            Assert.True(e.example.Title.Length <= 58, $"'{e.example.Title}' does not fit on a line of Get-Help.");
        });
        string[] texts =
        [
            page.Synopsis, .. page.Description, .. page.Notes, .. page.Examples.Select(e => e.Remarks),
            .. page.Parameters.Select(p => p.Text), .. page.Inputs.Select(i => i.Text), .. page.Outputs.Select(o => o.Text),
        ];
        Assert.All(texts, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_placeholder_is_left()
    {
        string[] files = [.. MarkdownHelp.Files, .. Directory.GetFiles(Path.GetDirectoryName(MamlHelp.File)!)];
        string[] placeholders = ["{{", "Fill in", "TODO", "TBD", "Online Version"];

        Assert.All(files, file =>
        {
            string text = File.ReadAllText(file);
            Assert.All(placeholders, placeholder => Assert.DoesNotContain(placeholder, text, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Related_links_lead_somewhere(string cmdlet)
    {
        string folder = Path.GetDirectoryName(MamlHelp.File)!;
        Assert.All(MarkdownHelp.Of(cmdlet).Links, link =>
            Assert.True(Commands.ContainsKey(link) || File.Exists(Path.Combine(folder, link + ".help.txt")), link));
    }
}
