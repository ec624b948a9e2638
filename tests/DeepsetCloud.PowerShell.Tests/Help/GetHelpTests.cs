using System.Management.Automation;

namespace DeepsetCloud.Tests.Help;

/// <summary>What a person sees who asks the engine.</summary>
public class GetHelpTests
{
    public static TheoryData<string> Cmdlets => [.. MarkdownHelp.Pages.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Full_help_is_what_the_page_says(string cmdlet)
    {
        HelpPage page = MarkdownHelp.Of(cmdlet);
        using var shell = new Shell();

        string shown = HelpText.Flat(shell.Show($"Get-Help {cmdlet} -Full"));

        string[] texts =
        [
            page.Synopsis, .. page.Description, .. page.Notes,
            .. page.Parameters.Select(p => p.Text),
            .. page.Examples.SelectMany(e => new[] { e.Title, HelpText.Flat(e.Code), e.Remarks }),
            .. page.Inputs.SelectMany(i => new[] { i.Name, i.Text }),
            .. page.Outputs.SelectMany(o => new[] { o.Name, o.Text }),
        ];
        Assert.All(texts, text => AssertShown(text, shown));
        Assert.All(page.Links, link => AssertShown(link, shown[shown.IndexOf("RELATED LINKS", StringComparison.Ordinal)..]));
        Assert.DoesNotContain("System.Nullable", shown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Each_parameter_is_found_by_its_name(string cmdlet)
    {
        using var shell = new Shell();

        Assert.All(MarkdownHelp.Of(cmdlet).Parameters, parameter =>
        {
            PSObject help = Assert.Single(shell.Run($"Get-Help {cmdlet} -Parameter {parameter.Name}").EnsureNoErrors().Output);
            Assert.Equal(parameter.Name, help.Properties["name"].Value.ToString());
            Assert.Equal(parameter.DefaultValue.Length == 0 ? "None" : parameter.DefaultValue, help.Properties["defaultValue"].Value.ToString());
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_syntax_shows_the_values_of_enumerations(string cmdlet)
    {
        using var shell = new Shell();

        string shown = HelpText.Flat(shell.Show($"Get-Help {cmdlet}"));

        Assert.All(
            MarkdownHelp.Of(cmdlet).Parameters.Where(p => p.AcceptedValues.Count > 0),
            p => AssertShown($"[-{p.Name} {{{string.Join(" | ", p.AcceptedValues)}}}]", shown));
        Assert.Equal(MarkdownHelp.Of(cmdlet).Syntax.Count, shown.Replace(" ", "", StringComparison.Ordinal).Split("<CommonParameters>").Length - 1);
    }

    [Theory]
    [InlineData("about_DeepsetCloud")]
    [InlineData("about_DeepsetCloud_Sessions")]
    [InlineData("about_DeepsetCloud_Errors")]
    public void About_topics_are_found(string topic)
    {
        using var shell = new Shell();

        string text = Assert.Single(shell.Run($"Get-Help {topic}").EnsureNoErrors().As<string>());

        Assert.Equal(File.ReadAllText(AboutTopicTests.FileOf(topic)).ReplaceLineEndings("\n"), text.ReplaceLineEndings("\n"));
    }

    // The console of the tests is 140 columns wide, and where a line breaks a blank may come or go.
    private static void AssertShown(string text, string shown) =>
        Assert.Contains(text.Replace(" ", "", StringComparison.Ordinal), shown.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
}
