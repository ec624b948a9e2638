using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;

namespace DeepsetCloud.Tests.Packaging;

/// <summary>One DLL for both editions, and nothing of others: what a module does not bring cannot clash.</summary>
public class ShippedAssemblyTests
{
    // netstandard and PowerShell are there by definition. The others are in the box on PowerShell 7, and
    // System.Text.Json brings them along where it is shipped, for Windows PowerShell.
    private static readonly string[] Allowed =
    [
        "netstandard",
        "System.Management.Automation",
        "System.Text.Json",
        "System.Memory",
        "System.Buffers",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Threading.Tasks.Extensions",
    ];

    [Fact]
    public void It_references_nothing_that_is_not_in_the_box()
    {
        string[] references = Read(reader => reader.AssemblyReferences
            .Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).ToArray());

        Assert.Contains("netstandard", references);
        Assert.Contains("System.Management.Automation", references);
        Assert.Empty(references.Except(Allowed));
    }

    // A later version than the oldest PowerShell 7 has in the box (7.4: .NET 8) could not be loaded there.
    [Fact]
    public void It_asks_for_no_later_System_Text_Json_than_the_oldest_PowerShell_has()
    {
        Version[] versions = Read(reader => reader.AssemblyReferences.Select(reader.GetAssemblyReference)
            .Where(reference => reader.GetString(reference.Name) == "System.Text.Json").Select(reference => reference.Version).ToArray());

        Assert.Equal(8, Assert.Single(versions).Major);
    }

    [Fact]
    public void It_is_built_for_both_editions() => Assert.Equal(
        ".NETStandard,Version=v2.0",
        typeof(ApiToken).Assembly.GetCustomAttributes(typeof(TargetFrameworkAttribute), false).Cast<TargetFrameworkAttribute>().Single().FrameworkName);

    [Fact]
    public void The_module_folder_holds_no_other_assembly_for_PowerShell_7() => Assert.Equal(
        ["DeepsetCloud.PowerShell.dll"],
        Directory.GetFiles(Path.GetDirectoryName(ModuleUnderTest.Assembly)!, "*.dll").Select(Path.GetFileName));

    [Fact]
    public void What_the_tests_test_is_what_is_shipped() =>
        Assert.Equal(Path.GetFullPath(ModuleUnderTest.Assembly), typeof(ApiToken).Assembly.Location);

    private static T Read<T>(Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(ModuleUnderTest.UntouchedAssembly));
        return read(file.GetMetadataReader());
    }
}
