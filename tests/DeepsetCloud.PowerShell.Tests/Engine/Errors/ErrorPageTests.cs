using DeepsetCloud.Client;
using DeepsetCloud.Commands.Errors;

namespace DeepsetCloud.Tests.Engine.Errors;

/// <summary>Holds docs/errors.md and the code together.</summary>
public class ErrorPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ModuleUnderTest.RepositoryRoot, "docs", "errors.md"));

    private static readonly Dictionary<string, string[]> Rows = Page.ReplaceLineEndings("\n").Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[0].Trim('`'));

    [Fact]
    public void The_page_has_every_id_once_and_no_other_in_the_order_of_the_code() =>
        Assert.Equal(Enum.GetNames<ApiErrorKind>(), Rows.Keys);

    [Fact]
    public void Each_row_says_what_the_code_says() => Assert.All(Enum.GetValues<ApiErrorKind>(), kind =>
    {
        string[] cells = Rows[kind.ToString()];
        Assert.Equal(5, cells.Length);
        Assert.Equal(ErrorTable.CategoryOf(kind).ToString(), cells[1]);
        Assert.Equal(ErrorTable.IsTerminating(kind) ? "yes" : "no", cells[2]);
        Assert.NotEmpty(cells[3]);
        Assert.Equal(ErrorTable.ActionFor(kind), cells[4].Replace("`", "", StringComparison.Ordinal));
    });

    [Fact]
    public void The_members_of_the_exception_that_the_page_names_exist()
    {
        foreach (string member in new[] { nameof(DcApiException.ErrorId), nameof(DcApiException.StatusCode), nameof(DcApiException.RequestId), nameof(DcApiException.ServerMessage) })
        {
            Assert.Contains($"`{member}`", Page, StringComparison.Ordinal);
        }

        Assert.Contains("[DeepsetCloud.DcApiException]", Page, StringComparison.Ordinal);
        Assert.Contains("Get-DcSession -RecoverToken", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_script_on_the_page_can_be_read_by_PowerShell()
    {
        string[] scripts = [.. Page.ReplaceLineEndings("\n").Split("```powershell\n").Skip(1).Select(rest => rest.Split("\n```")[0])];

        Assert.True(scripts.Length >= 3);
        Assert.All(scripts, script =>
        {
            System.Management.Automation.Language.Parser.ParseInput(script, out _, out System.Management.Automation.Language.ParseError[] errors);
            Assert.Empty(errors);
        });
    }
}
