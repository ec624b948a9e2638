using System.Xml.Linq;

namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>The example of the help that needs a lost response; tests/pester/Help.Tests.ps1 runs all of them without.</summary>
public class CleanUpExampleTests
{
    [Fact]
    public async Task The_clean_up_example_leaves_one_token_after_an_uncertain_creation()
    {
        XElement help = XElement.Load(Path.Combine(ModuleUnderTest.RepositoryRoot, "en-US", "DeepsetCloud.PowerShell.dll-Help.xml"));
        string example = help.Descendants().Where(e => e.Name.LocalName == "code").Single(e => e.Value.Contains("CreationUncertain", StringComparison.Ordinal)).Value;
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(FaultKind.CloseAfterProcessing, "POST");
        using var shell = new Shell(emulator);

        shell.Run(example).EnsureNoErrors();

        Assert.Equal("nightly", Assert.Single(emulator.Tokens.Snapshot()).Name);
        Assert.Equal(2, emulator.Requests.CountOf("POST"));
    }
}
