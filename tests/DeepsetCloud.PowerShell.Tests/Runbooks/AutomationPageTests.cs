using System.Management.Automation;
using System.Management.Automation.Language;

namespace DeepsetCloud.Tests.Runbooks;

/// <summary>docs/automation.md: what it shows parses, names things that exist, and runs where no cloud is needed.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class AutomationPageTests : IDisposable
{
    // What only a cloud or a package registry has.
    private static readonly string[] Elsewhere =
        ["Invoke-AzRestMethod", "New-AzAutomationCredential", "New-AzAutomationSchedule", "Register-AzAutomationScheduledRunbook", "Install-PSResource"];

    // Stand-ins that behave as far as the page needs it.
    private const string StandIns = """
        $kept = @{}
        function Get-SecretInfo { [CmdletBinding()] param($Name, $Vault) }
        function Get-Secret { [CmdletBinding()] param($Name, $Vault) $kept[$Name] }
        function Set-Secret { [CmdletBinding(SupportsShouldProcess)] param($Name, $Vault, [securestring] $SecureStringSecret) $kept[$Name] = $SecureStringSecret }
        function Set-AzKeyVaultSecret { [CmdletBinding()] param($VaultName, $Name, [securestring] $SecretValue, [datetime] $Expires) $kept[$Name] = $SecretValue }
        function Get-AutomationPSCredential { param($Name) $signIn }
        function Set-AutomationVariable { [CmdletBinding()] param($Name, $Value) $kept[$Name] = $Value }
        function gh { $kept[$args[2]] = @($input) }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("deepset-page-").FullName;

    public AutomationPageTests()
    {
        foreach (string file in Runbook.Files)
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    public static TheoryData<int> Lines => [.. Snippets.Keys];

    public static TheoryData<int> LinesToRun =>
        [.. Snippets.Where(s => !Commands(s.Value).Any(c => Elsewhere.Contains(c.GetCommandName()))).Select(s => s.Key)];

    private static Dictionary<int, string> Snippets { get; } =
        MarkdownSnippets.Read(Path.Combine(ModuleUnderTest.RepositoryRoot, "docs", "automation.md")).ToDictionary(s => s.Line, s => s.Text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_page_has_the_snippets_that_it_speaks_of()
    {
        Assert.Equal(14, Snippets.Count);
        Assert.Equal(9, LinesToRun.Count);
        Assert.All(Elsewhere, name => Assert.Contains(Snippets.Values, text => Commands(text).Any(c => c.GetCommandName() == name)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void It_parses_and_every_parameter_exists(int line)
    {
        using var shell = new Shell();
        shell.Run(StandIns).EnsureNoErrors();
        foreach (CommandAst command in Commands(Snippets[line]).Where(c => Metadata(shell, c) is not null))
        {
            CommandInfo info = Metadata(shell, command)!;
            Assert.All(
                command.CommandElements.OfType<CommandParameterAst>(),
                p => Assert.True(info.Parameters.ContainsKey(p.ParameterName), $"{info.Name} has no parameter -{p.ParameterName}."));
        }
    }

    [Theory]
    [MemberData(nameof(LinesToRun))]
    public async Task It_runs(int line)
    {
        string text = Snippets[line];
        await using EmulatorServer eu = await StartAsync();
        await using EmulatorServer us = await StartAsync();
        using var environment = new EnvironmentVariables(eu.DefaultUser.Token, eu.BaseAddress.ToString());
        using var shell = new Shell();
        SetUp(shell, eu, us);

        ShellResult result = shell.Run(text.Replace("-Region EU", "-BaseUri $euUri", StringComparison.Ordinal).Replace("-Region US", "-BaseUri $usUri", StringComparison.Ordinal));

        result.EnsureNoErrors();
        Assert.True(eu.Requests.Count > 0);
        Assert.DoesNotContain(eu.DefaultUser.Token, result.EverythingWritten(shell));
    }

    private static async Task<EmulatorServer> StartAsync()
    {
        EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(20);
        emulator.Tokens.Create(new NewToken { Name = "search-backend", ExpiresAt = DateTimeOffset.UtcNow.AddDays(2) });
        emulator.Tokens.Create(new NewToken { Name = "ci", Expires = false });
        emulator.Tokens.Create(new NewToken { Name = "ci-old", ExpiresAt = DateTimeOffset.UtcNow.AddDays(-20) });
        return emulator;
    }

    private void SetUp(Shell shell, EmulatorServer eu, EmulatorServer us)
    {
        shell.Set("euUri", eu.BaseAddress);
        shell.Set("usUri", us.BaseAddress);
        shell.Set("euKey", Shell.Secure(eu.DefaultUser.Token));
        shell.Set("usKey", Shell.Secure(us.DefaultUser.Token));
        shell.Set("signIn", new PSCredential("deepset", Shell.Secure(eu.DefaultUser.Token)));
        shell.Run(StandIns).EnsureNoErrors();
        shell.Runspace.SessionStateProxy.Path.SetLocation(_folder);
    }

    private static CommandInfo? Metadata(Shell shell, CommandAst command)
    {
        string name = command.GetCommandName();
        string target = name.StartsWith("./", StringComparison.Ordinal) ? Path.Combine(Runbook.Folder, name[2..]) : name;
        return shell.Run($"Get-Command '{target}' -ErrorAction Ignore").Output.Select(o => (CommandInfo)o.BaseObject).SingleOrDefault();
    }

    private static IReadOnlyList<CommandAst> Commands(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return [.. script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()];
    }
}
