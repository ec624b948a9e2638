namespace DeepsetCloud.Tests.Help;

/// <summary>What is shipped is what the pages in docs/ say: nobody forgot to run tools/Export-Help.ps1.</summary>
public class HelpAgreementTests
{
    public static TheoryData<string> Cmdlets => [.. MarkdownHelp.Pages.Select(page => page.Name)];

    [Fact]
    public void Both_have_the_same_cmdlets_in_the_same_order()
    {
        Assert.NotEmpty(MarkdownHelp.Pages);
        Assert.Equal(MarkdownHelp.Pages.Select(page => page.Name), MamlHelp.Pages.Select(page => page.Name));
        Assert.Equal(MarkdownHelp.Pages.Select(page => page.Name), MarkdownHelp.Files.Select(Path.GetFileNameWithoutExtension));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Texts_agree(string cmdlet)
    {
        HelpPage page = MarkdownHelp.Of(cmdlet);
        HelpPage shipped = Assert.Single(MamlHelp.Pages, p => p.Name == cmdlet);

        Assert.Equal(page.Synopsis, shipped.Synopsis);
        Assert.Equal(page.Description, shipped.Description);
        Assert.Equal(page.Examples, shipped.Examples);
        Assert.Equal(page.Inputs, shipped.Inputs);
        Assert.Equal(page.Outputs, shipped.Outputs);
        Assert.Equal(page.Notes, shipped.Notes);
        Assert.Equal(page.Links, shipped.Links);
        Assert.Equal(page.Syntax.Select(s => string.Join(' ', s.Parameters)), shipped.Syntax.Select(s => string.Join(' ', s.Parameters)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_agree(string cmdlet)
    {
        IReadOnlyList<HelpParameter> wanted = MarkdownHelp.Of(cmdlet).Parameters;
        IReadOnlyList<HelpParameter> shipped = Assert.Single(MamlHelp.Pages, p => p.Name == cmdlet).Parameters;

        Assert.Equal(wanted.Select(p => p.Name), shipped.Select(p => p.Name));
        Assert.All(wanted.Zip(shipped), pair =>
        {
            (HelpParameter page, HelpParameter maml) = pair;
            Assert.Equal(page.Text, maml.Text);
            Assert.Equal(HelpText.WithoutNullable(page.Type), maml.Type);
            Assert.Equal(page.DefaultValue, maml.DefaultValue);
            Assert.Equal(page.Aliases, maml.Aliases);
            Assert.Equal(page.Wildcards, maml.Wildcards);
            Assert.Equal(page.Sets[0] with { Set = "" }, Assert.Single(maml.Sets));
        });
    }

    [Fact]
    public void No_markup_reaches_the_console() =>
        Assert.DoesNotContain('`', File.ReadAllText(MamlHelp.File));

    [Fact]
    public void The_file_is_the_same_wherever_it_was_made()
    {
        string text = File.ReadAllText(MamlHelp.File);

        Assert.DoesNotContain('\r', text);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", text, StringComparison.Ordinal);
        Assert.EndsWith("</helpItems>\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ProgressAction", text, StringComparison.Ordinal);
        Assert.All(MarkdownHelp.Files, file => Assert.DoesNotContain("ms.date", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
