using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DeepsetCloud.Module;

namespace DeepsetCloud.Tests.Desktop;

/// <summary>
/// The versions of the desktop payload fit each other, the module and .NET Framework 4.7.2. That the members are there is what the compiler
/// (against .NET Standard 2.0), NuGet's choice of files and the run on .NET Framework or Mono see to.
/// </summary>
public class PayloadIdentityTests
{
    public static TheoryData<string> Payload => [.. ModuleUnderTest.DesktopPayload.Select(file => Path.GetFileName(file))];

    // An inexact reference is found by the module's handler alone; so let there be but one: the oldest System.Text.Json
    // that PowerShell 7.4 has.
    [Fact]
    public void The_module_names_the_identities_of_the_payload()
    {
        AssemblyName[] shared = [.. ReferencesOf(ModuleUnderTest.UntouchedAssembly).Where(r => DesktopPayload.IsPayload(r.Name!))];

        Assert.Contains(shared, r => r.Name == "System.Memory");
        Assert.All(shared.Where(r => r.Name != "System.Text.Json"), r => Assert.Equal(VersionOf(InPayload(r.Name!)), r.Version));
    }

    [Theory]
    [MemberData(nameof(Payload))]
    public void The_payload_needs_itself_and_the_framework_alone(string file) => Assert.All(ReferencesOf(InPayload(file)), reference =>
    {
        if (DesktopPayload.IsPayload(reference.Name!))
        {
            Assert.Equal(VersionOf(InPayload(reference.Name!)), reference.Version);
            return;
        }

        // Of its own assemblies the framework takes its own version, whatever the last two numbers asked for.
        Version framework = VersionOf(InFramework(reference.Name!));
        Assert.Equal((framework.Major, framework.Minor), (reference.Version!.Major, reference.Version.Minor));
    });

    [Theory]
    [MemberData(nameof(Payload))]
    public void The_payload_is_for_the_framework_and_signed(string file)
    {
        Assert.Contains(ReferencesOf(InPayload(file)), reference => reference.Name == "mscorlib");
        Assert.NotEmpty(AssemblyName.GetAssemblyName(InPayload(file)).GetPublicKey()!);
    }

    [Fact]
    public void The_payload_is_of_a_line_that_is_supported() =>
        Assert.InRange(VersionOf(InPayload("System.Text.Json")), new Version(10, 0, 0, 15), new Version(11, 0));

    private static string InPayload(string name) =>
        ModuleUnderTest.DesktopPayload.Single(file => Path.GetFileName(file) == name || Path.GetFileNameWithoutExtension(file) == name);

    // Its Facades are assemblies that only say where a type is.
    private static string InFramework(string name) =>
        Directory.GetFiles(ModuleUnderTest.FrameworkReferences, name + ".dll", SearchOption.AllDirectories).First();

    private static Version VersionOf(string file) => AssemblyName.GetAssemblyName(file).Version!;

    private static AssemblyName[] ReferencesOf(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        MetadataReader reader = pe.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())];
    }
}
