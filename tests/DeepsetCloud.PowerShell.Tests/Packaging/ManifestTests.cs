using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace DeepsetCloud.Tests.Packaging;

public class ManifestTests
{
    private static readonly string[] Commands =
        ["Connect-DcSession", "Disconnect-DcSession", "Get-DcApiToken", "Get-DcSession", "New-DcApiToken", "Remove-DcApiToken"];

    [Fact]
    public void The_module_exports_its_six_commands_and_nothing_else()
    {
        using var shell = new Shell();

        var module = Assert.Single(shell.Run("Get-Module DeepsetCloud").EnsureNoErrors().As<PSModuleInfo>());

        Assert.Equal(Commands, module.ExportedCommands.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Commands, module.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(module.ExportedAliases);
        Assert.Empty(module.ExportedVariables);
        Assert.Equal(ModuleType.Binary, module.ModuleType);
    }

    [Fact]
    public void Importing_it_again_leaves_everything_in_place()
    {
        using var shell = new Shell();

        shell.Run($"Import-Module '{ModuleUnderTest.Manifest}' -Force").EnsureNoErrors();

        Assert.Equal(Commands.Length, shell.Run("Get-Command -Module DeepsetCloud").EnsureNoErrors().Output.Count);
    }

    [Fact]
    public void Importing_it_makes_no_variable_and_no_error()
    {
        using var shell = new Shell();

        ShellResult result = shell.Run("$Error.Count; $ExecutionContext.InvokeProvider.ChildItem.Get('variable:', $false).Where({ $_.Name -match 'Deepset' }).Count");

        Assert.Equal([0, 0], result.EnsureNoErrors().As<int>());
    }

    [Fact]
    public void The_manifest_is_plain_data_that_names_what_is_there()
    {
        Hashtable manifest = Read();

        Assert.Equal(Commands, ((object[])manifest["CmdletsToExport"]!).Cast<string>().Order(StringComparer.Ordinal));
        Assert.All(["FunctionsToExport", "VariablesToExport", "AliasesToExport"], list => Assert.Empty((object[])manifest[list]!));
        Assert.True(File.Exists(Path.Combine(ModuleUnderTest.RepositoryRoot, (string)manifest["RootModule"]!)));
        object[] formats = manifest["FormatsToProcess"] as object[] ?? [manifest["FormatsToProcess"]!];
        Assert.All(formats, file => Assert.True(File.Exists(Path.Combine(ModuleUnderTest.RepositoryRoot, (string)file))));
        Assert.Equal("5.1", manifest["PowerShellVersion"]);
        Assert.Equal(["Core", "Desktop"], ((object[])manifest["CompatiblePSEditions"]!).Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_version_of_the_assembly_is_the_one_of_the_manifest()
    {
        string version = (string)Read()["ModuleVersion"]!;
        Assembly assembly = typeof(ApiToken).Assembly;

        Assert.Equal(version, assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);
        Assert.Equal(Version.Parse(version), new Version(assembly.GetName().Version!.ToString(3)));
    }

    // SafeGetValue refuses everything that would have to be run.
    private static Hashtable Read()
    {
        ScriptBlockAst script = Parser.ParseFile(ModuleUnderTest.Manifest, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (Hashtable)((HashtableAst)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!).SafeGetValue();
    }
}
