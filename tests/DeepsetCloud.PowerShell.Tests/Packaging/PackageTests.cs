using System.Collections;
using System.Management.Automation.Language;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace DeepsetCloud.Tests.Packaging;

public class PackageTests(PackageFixture package) : IClassFixture<PackageFixture>
{
    private static readonly Hashtable Manifest = ReadManifest(ModuleUnderTest.Manifest);

    private static Hashtable Gallery => (Hashtable)((Hashtable)Manifest["PrivateData"]!)["PSData"]!;

    [Fact]
    public void The_folder_holds_the_module_and_nothing_else()
    {
        string[] expected =
        [
            "CHANGELOG.md",
            "DeepsetCloud.format.ps1xml",
            "DeepsetCloud.psd1",
            "LICENSE",
            "THIRD-PARTY-NOTICES.txt",
            "bin/DeepsetCloud.PowerShell.dll",
            .. Below(ModuleUnderTest.RepositoryRoot, "bin/desktop", "*.dll"),
            .. Below(ModuleUnderTest.RepositoryRoot, "en-US", "*"),
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Below(package.ModuleFolder, "", "*"));
    }

    [Fact]
    public void The_package_holds_the_folder_and_the_parts_of_a_package()
    {
        string[] parts = ["[Content_Types].xml", "_rels/.rels", "DeepsetCloud.nuspec", "package/services/metadata/core-properties/nuget.psmdcp"];
        string[] files = Below(package.ModuleFolder, "", "*");

        Assert.Equal([.. parts.Concat(files).Order(StringComparer.Ordinal)], package.Parts.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(package.ModuleFolder, file)), package.Parts[file]));
    }

    [Fact]
    public void Folder_and_package_bear_the_version_of_the_manifest()
    {
        string version = (string)Manifest["ModuleVersion"]!;

        Assert.Equal(version, Path.GetFileName(package.ModuleFolder));
        Assert.Equal($"DeepsetCloud.{version}.nupkg", package.FileName);
        Assert.Equal(version, package.Describes("version"));
    }

    [Theory]
    [InlineData("id", null, "DeepsetCloud")]
    [InlineData("authors", "Author", null)]
    [InlineData("owners", "CompanyName", null)]
    [InlineData("description", "Description", null)]
    [InlineData("copyright", "Copyright", null)]
    [InlineData("licenseUrl", "LicenseUri", null)]
    [InlineData("projectUrl", "ProjectUri", null)]
    [InlineData("releaseNotes", "ReleaseNotes", null)]
    [InlineData("requireLicenseAcceptance", null, "false")]
    public void The_package_says_what_the_manifest_says(string element, string? key, string? text)
    {
        string expected = text ?? (string)(Manifest[key!] ?? Gallery[key!])!;

        Assert.NotEqual("", expected);
        Assert.Equal(expected, package.Describes(element));
    }

    [Fact]
    public void The_tags_are_those_of_the_manifest_and_those_that_find_modules_and_their_cmdlets()
    {
        string[] cmdlets = [.. ((IEnumerable)Manifest["CmdletsToExport"]!).Cast<string>()];
        string[] editions = [.. ((IEnumerable)Manifest["CompatiblePSEditions"]!).Cast<string>().Select(e => "PSEdition_" + e)];
        string[] tags = [.. ((IEnumerable)Gallery["Tags"]!).Cast<string>()];

        string[] actual = package.Describes("tags").Split(' ');

        Assert.Equal(6, cmdlets.Length);
        Assert.Subset(tags.ToHashSet(), editions.ToHashSet());
        Assert.Equal(
            ["PSModule", "PSIncludes_Cmdlet", .. tags, .. cmdlets.Select(c => "PSCmdlet_" + c), .. cmdlets.Select(c => "PSCommand_" + c)],
            actual);
    }

    [Fact]
    public void The_package_depends_on_nothing()
    {
        Assert.DoesNotContain(package.Metadata.Elements(), e => e.Name.LocalName == "dependencies");
        Assert.False(Manifest.ContainsKey("RequiredModules"));
    }

    [Fact]
    public void The_notices_name_every_assembly_that_others_made()
    {
        string notices = Encoding.UTF8.GetString(package.Parts["THIRD-PARTY-NOTICES.txt"]).ReplaceLineEndings("\n");

        Assert.All(
            package.Parts.Keys.Where(part => part.StartsWith("bin/desktop/", StringComparison.Ordinal)),
            part => Assert.Contains($"\n  {Path.GetFileNameWithoutExtension(part)}\n", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void The_assembly_is_a_release_build_of_this_version_without_traces_of_the_machine()
    {
        byte[] bytes = package.Parts["bin/DeepsetCloud.PowerShell.dll"];
        using var reader = new PEReader([.. bytes]);
        MetadataReader metadata = reader.GetMetadataReader();
        string[] strings = [.. metadata.GetAssemblyDefinition().GetCustomAttributes().Select(a => Value(metadata, metadata.GetCustomAttribute(a)))];
        string root = ModuleUnderTest.RepositoryRoot.TrimEnd(Path.DirectorySeparatorChar);

        Assert.Contains(strings, s => s.Contains("Release", StringComparison.Ordinal));
        Assert.DoesNotContain(strings, s => s.Contains("Debug", StringComparison.Ordinal));
        Assert.Equal(Version.Parse($"{Manifest["ModuleVersion"]}.0"), metadata.GetAssemblyDefinition().Version);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(root)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(root)));
    }

    [Fact]
    public void Making_a_package_leaves_the_module_folder_alone() =>
        Assert.Equal(package.DllOfTheModuleFolder.Before, package.DllOfTheModuleFolder.After);

    private static string Value(MetadataReader metadata, CustomAttribute attribute) =>
        Encoding.UTF8.GetString(metadata.GetBlobBytes(attribute.Value));

    private static string[] Below(string root, string folder, string pattern)
    {
        string path = Path.Combine(root, folder);
        return Directory.Exists(path)
            ? [.. Directory.GetFiles(path, pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)]
            : [];
    }

    // As PowerShell reads it, not as the build does.
    private static Hashtable ReadManifest(string path)
    {
        ScriptBlockAst script = Parser.ParseFile(path, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (Hashtable)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
    }
}
