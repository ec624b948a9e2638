using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DeepsetCloud.Module;

namespace DeepsetCloud.Tests.Desktop;

/// <summary>Everything that module and payload use is there on .NET Framework 4.7.2: looked up, so that it shows everywhere.</summary>
public class FrameworkCompatibilityTests
{
    private static readonly string[] Engine = ["System.Management.Automation"];

    public static TheoryData<string> Payload => [.. ModuleUnderTest.DesktopPayload.Select(file => Path.GetFileName(file))];

    [Fact]
    public void Every_type_and_member_that_the_module_uses_exists()
    {
        using var desktop = AssemblyCatalog.Desktop();

        (int count, string[] missing) = ReferenceCheck.Run(ModuleUnderTest.UntouchedAssembly, desktop, Engine);

        Assert.True(count > 400, $"Only {count} were looked up.");
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Payload))]
    public void Every_type_and_member_that_the_payload_uses_exists(string file)
    {
        using var desktop = AssemblyCatalog.Desktop();

        (int count, string[] missing) = ReferenceCheck.Run(InPayload(file), desktop);

        Assert.NotEqual(0, count);
        Assert.Empty(missing);
    }

    [Fact]
    public void The_check_finds_a_type_that_is_missing()
    {
        using var withoutHttp = AssemblyCatalog.Desktop(without: name => name == "System.Net.Http");

        string[] missing = ReferenceCheck.Run(ModuleUnderTest.UntouchedAssembly, withoutHttp, Engine).Missing;

        Assert.Contains("netstandard: System.Net.Http.HttpClient", missing);
    }

    // String.Contains(Char) came with .NET Core; .NET Framework has Contains(String) alone.
    [Fact]
    public void The_check_finds_a_member_that_is_missing()
    {
        using var desktop = AssemblyCatalog.Desktop();
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.dll");
        File.WriteAllBytes(file, SampleAssembly.Calling("System", "String", "Contains", t => t.Char(), t => t.String()));
        try
        {
            (int count, string[] missing) = ReferenceCheck.Run(file, desktop);

            Assert.Equal(3, count);
            Assert.Equal(["mscorlib: System.String.Contains Boolean `0(Char)"], missing);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // An inexact reference is found by the module's handler alone; so let there be but one: the oldest System.Text.Json
    // that PowerShell 7.4 has.
    [Fact]
    public void The_module_names_the_identities_of_the_payload()
    {
        Dictionary<string, Version> payload = ModuleUnderTest.DesktopPayload.ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Identity(f).Version);

        KeyValuePair<string, Version>[] shared = [.. References(ModuleUnderTest.UntouchedAssembly).Where(r => payload.ContainsKey(r.Key))];

        Assert.Contains(shared, r => r.Key == "System.Memory");
        Assert.All(shared.Where(r => r.Key != "System.Text.Json"), r => Assert.Equal(payload[r.Key], r.Value));
    }

    [Theory]
    [MemberData(nameof(Payload))]
    public void The_payload_is_closed(string file)
    {
        using var desktop = AssemblyCatalog.Desktop();

        foreach ((string name, Version version) in References(InPayload(file)))
        {
            AssemblyDefinition? found = desktop.Find(name)?.GetAssemblyDefinition();
            Assert.True(found is not null, $"{file} needs {name}, which is neither in the payload nor in the framework.");
            if (DesktopPayload.IsPayload(name))
            {
                Assert.Equal(version, found.Value.Version);
            }
            else
            {
                // Of its own assemblies the framework takes its own version, whatever the last two numbers asked for.
                Assert.Equal((version.Major, version.Minor), (found.Value.Version.Major, found.Value.Version.Minor));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Payload))]
    public void The_payload_is_for_the_framework_and_signed(string file)
    {
        (_, string[] references, bool isSigned) = Identity(InPayload(file));

        Assert.Contains("mscorlib", references);
        Assert.True(isSigned);
    }

    [Fact]
    public void The_payload_is_of_a_line_that_is_supported() =>
        Assert.InRange(Identity(InPayload("System.Text.Json.dll")).Version, new Version(10, 0, 0, 15), new Version(11, 0));

    private static string InPayload(string file) => ModuleUnderTest.DesktopPayload.Single(path => Path.GetFileName(path) == file);

    private static Dictionary<string, Version> References(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        MetadataReader reader = pe.GetMetadataReader();
        return reader.AssemblyReferences.Select(reader.GetAssemblyReference).ToDictionary(r => reader.GetString(r.Name), r => r.Version);
    }

    private static (Version Version, string[] References, bool IsSigned) Identity(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        AssemblyDefinition assembly = pe.GetMetadataReader().GetAssemblyDefinition();
        return (assembly.Version, [.. References(file).Keys], !assembly.PublicKey.IsNil);
    }
}
