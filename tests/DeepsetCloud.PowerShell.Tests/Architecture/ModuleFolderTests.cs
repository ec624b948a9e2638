namespace DeepsetCloud.Tests.Architecture;

/// <summary>The folder that the tests import the module from is what a build makes of it.</summary>
public class ModuleFolderTests
{
    [Fact]
    public void The_module_folder_holds_no_other_assembly_for_PowerShell_7() => Assert.Equal(
        ["DeepsetCloud.PowerShell.dll"],
        Directory.GetFiles(Path.GetDirectoryName(ModuleUnderTest.Assembly)!, "*.dll").Select(Path.GetFileName));

    [Fact]
    public void The_tests_use_the_assembly_of_the_module_folder() =>
        Assert.Equal(Path.GetFullPath(ModuleUnderTest.Assembly), typeof(ApiToken).Assembly.Location);
}
