using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace DeepsetCloud.Tests.Runbooks;

/// <summary>What all runbooks have in common, so that they run wherever PowerShell does.</summary>
public partial class ConventionTests
{
    private static readonly HashSet<TokenKind> NewerThanWindowsPowerShell =
    [
        TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket,
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.Clean,
    ];

    // Only where these exist, and only if asked for.
    private static readonly string[] OfOthers = ["Get-SecretInfo", "Get-Secret", "Set-Secret", "Remove-Secret"];

    private static IEnumerable<string> Verbs =>
        new[] { typeof(VerbsCommon), typeof(VerbsData) }.SelectMany(type => type.GetFields()).Select(verb => verb.Name);

    public static TheoryData<string> Names => [.. Runbook.Files.Select(file => Path.GetFileName(file))];

    [Fact]
    public void There_are_the_three_runbooks() =>
        Assert.Equal(["Get-ExpiringDcApiToken.ps1", "Remove-ExpiredDcApiToken.ps1", "Update-DcApiToken.ps1"], Names.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_uses_no_syntax_that_Windows_PowerShell_lacks_and_plain_ASCII(string name)
    {
        // Windows PowerShell reads a file without a mark in the code page of the computer.
        Assert.All(File.ReadAllText(PathOf(name)), c => Assert.InRange(c, '\n', '~'));
        Parse(name, out Token[] tokens);
        Assert.DoesNotContain(tokens, t => NewerThanWindowsPowerShell.Contains(t.Kind));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_uses_commands_of_the_bare_engine_and_the_module_only(string name)
    {
        using var shell = new Shell();
        ScriptBlockAst script = Parse(name, out _);
        string[] own = [.. script.FindAll(n => n is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().Select(f => f.Name)];
        string[] used = [.. script.FindAll(n => n is CommandAst, true).Cast<CommandAst>().Select(c => c.GetCommandName()).OfType<string>().Distinct()];

        Assert.NotEmpty(used);
        Assert.All(used.Except(own).Except(OfOthers), command => Assert.Single(shell.Run($"Get-Command {command}").EnsureNoErrors().Output));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_strict_and_asks_before_it_changes_something(string name)
    {
        using var shell = new Shell();
        var info = (CommandInfo)Assert.Single(shell.Run($"Get-Command '{PathOf(name)}'").Output).BaseObject;

        Assert.Contains("\nSet-StrictMode -Version 3.0\n", File.ReadAllText(PathOf(name)));
        Assert.Contains("WhatIf", info.Parameters.Keys);
        Assert.NotEmpty(info.OutputType);
        Assert.Contains(name.Split('-')[0], Verbs);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_sign_in_is_the_same_in_every_runbook(string name)
    {
        string expected = File.ReadAllText(PathOf("Remove-ExpiredDcApiToken.ps1"));
        string text = File.ReadAllText(PathOf(name));

        Assert.Equal(SignIn().Match(expected).Value, SignIn().Match(text).Value);
        Assert.Equal(Parameters().Match(expected).Value, Parameters().Match(text).Value);
        Assert.NotEmpty(SignIn().Match(text).Value);
        Assert.NotEmpty(Parameters().Match(text).Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_help_tells_everything_and_its_examples_are_right(string name)
    {
        ScriptBlockAst script = Parse(name, out _);
        CommentHelpInfo help = script.GetHelpContent();
        string[] parameters = [.. script.ParamBlock.Parameters.Select(p => p.Name.VariablePath.UserPath.ToUpperInvariant())];

        Assert.NotEmpty(help.Synopsis);
        Assert.NotEmpty(help.Description);
        Assert.Equal(parameters.Order(), help.Parameters.Keys.Order());
        Assert.All(help.Parameters.Values, Assert.NotEmpty);
        Assert.True(help.Examples.Count >= 3);
        Assert.All(help.Examples, example => CheckExample(example, name, parameters));
    }

    private static void CheckExample(string example, string name, string[] parameters)
    {
        // The code ends at a line that is prose: it begins with a capital letter and ends with a full stop.
        string code = Prose().Replace(example, "");
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        CommandAst call = Assert.Single(script.FindAll(n => n is CommandAst c && c.GetCommandName() == "./" + name, true).Cast<CommandAst>());
        Assert.All(
            call.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName.ToUpperInvariant()),
            used => Assert.Contains(used, parameters.Append("WHATIF")));
    }

    private static string PathOf(string name) => Path.Combine(Runbook.Folder, name);

    private static ScriptBlockAst Parse(string name, out Token[] tokens)
    {
        ScriptBlockAst script = Parser.ParseFile(PathOf(name), out tokens, out ParseError[] errors);
        Assert.Empty(errors);
        return script;
    }

    [GeneratedRegex(@"#region Sign-in.*?#endregion", RegexOptions.Singleline)]
    private static partial Regex SignIn();

    [GeneratedRegex(@"    \[Parameter\(ParameterSetName = 'ApiKey', Mandatory\)\].*?\[string\] \$BaseUri", RegexOptions.Singleline)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"(\n|^)[A-Z][^\n{}]*\.\s*$")]
    private static partial Regex Prose();
}
