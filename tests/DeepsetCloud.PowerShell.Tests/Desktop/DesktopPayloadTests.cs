using System.Reflection;
using DeepsetCloud.Module;

namespace DeepsetCloud.Tests.Desktop;

public class DesktopPayloadTests
{
    private static readonly string Folder = Path.Combine(ModuleUnderTest.RepositoryRoot, "bin", "desktop");
    private static readonly DesktopPayload Payload = new(ModuleUnderTest.Assembly);

    [Fact]
    public void It_answers_the_module_with_exactly_the_files_of_the_folder()
    {
        string[] files = ModuleUnderTest.DesktopPayload;

        Assert.Equal(9, files.Length);
        Assert.All(files, file => Assert.Equal(file, Payload.FileFor(NameOf(file), ModuleUnderTest.Assembly)));
    }

    [Fact]
    public void It_answers_its_own_assemblies() =>
        Assert.Equal(InFolder("System.Memory"), Payload.FileFor("System.Memory", InFolder("System.Text.Json")));

    [Theory]
    [InlineData("")]
    [InlineData("/somewhere/Other.dll")]
    [InlineData("/somewhere/desktop/System.Text.Json.dll")]
    public void It_answers_nobody_else(string requester) => Assert.Null(Payload.FileFor("System.Text.Json", requester));

    [Fact]
    public void It_answers_nobody_who_merely_lives_near()
    {
        string folder = Path.GetDirectoryName(ModuleUnderTest.Assembly)!;

        Assert.Null(Payload.FileFor("System.Text.Json", Path.Combine(folder, "Other.dll")));
        Assert.Null(Payload.FileFor("System.Text.Json", Path.Combine(folder, "desktop", "more", "Other.dll")));
        Assert.Null(Payload.FileFor("System.Text.Json", Path.Combine(folder, "desktop2", "Other.dll")));
    }

    // A name that is no name must not disturb another module's load by an exception.
    [Fact]
    public void It_does_not_even_read_the_name_for_others() => Assert.Null(Payload.FileFor("=,,", "/somewhere/Other.dll"));

    [Theory]
    [InlineData("System.Xml, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")]
    [InlineData("System.Text.Json.resources, Version=10.0.0.0, Culture=de, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData("DeepsetCloud.PowerShell")]
    [InlineData("../DeepsetCloud.PowerShell")]
    public void It_answers_for_nothing_that_it_does_not_hold(string name) => Assert.Null(Payload.FileFor(name, ModuleUnderTest.Assembly));

    [Theory]
    [InlineData("8.0.0.0", true)]
    [InlineData("10.0.0.15", true)]
    [InlineData("10.0.0.16", false)]
    [InlineData("11.0.0.0", false)]
    public void It_never_gives_less_than_was_asked_for(string version, bool isAnswered)
    {
        Version? held = AssemblyName.GetAssemblyName(InFolder("System.Text.Json")).Version;
        string? file = Payload.FileFor($"System.Text.Json, Version={version}, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51", ModuleUnderTest.Assembly);

        Assert.Equal(isAnswered, file is not null);
        Assert.Equal(isAnswered, held >= new Version(version));
    }

    [Fact]
    public void Without_its_folder_it_has_no_answer() =>
        Assert.Null(new DesktopPayload("/nowhere/Module.dll").FileFor("System.Text.Json", "/nowhere/Module.dll"));

    // As Windows compares paths.
    [Fact]
    public void It_knows_the_module_in_any_case() =>
        Assert.NotNull(Payload.FileFor("System.Text.Json", ModuleUnderTest.Assembly.ToUpperInvariant()));

    private static string InFolder(string name) => Path.Combine(Folder, name + ".dll");

    private static string NameOf(string file) => AssemblyName.GetAssemblyName(file).FullName;
}
