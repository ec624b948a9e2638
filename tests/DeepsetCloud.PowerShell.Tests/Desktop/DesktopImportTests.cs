namespace DeepsetCloud.Tests.Desktop;

/// <summary>Who gets which assembly, and when, on .NET Framework.</summary>
public class DesktopImportTests
{
    [Fact]
    public async Task The_payload_is_loaded_at_its_first_use_and_for_the_module_alone()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        await using var desktop = new DesktopProcess();

        Assert.Equal(["registered"], await desktop.AskAsync("register"));
        Assert.Equal(["not found"], await desktop.AskAsync("demand"));
        Assert.Empty(await FromPayloadAsync(desktop));

        Assert.Equal(["me", "Ada Lovelace", "Analytical Engines"], await desktop.AskAsync("me", emulator.BaseAddress.ToString(), emulator.DefaultUser.Token));

        Assert.Contains(await FromPayloadAsync(desktop), line => line.StartsWith("System.Text.Json=10.", StringComparison.Ordinal));
        Assert.Contains(await FromPayloadAsync(desktop), line => line.StartsWith("System.Memory=", StringComparison.Ordinal));
        Assert.Equal(["not found"], await desktop.AskAsync("demand"));

        // And the Api needs no engine.
        Assert.DoesNotContain(await desktop.AskAsync("loaded"), line => line.StartsWith("System.Management.Automation=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_reads_nothing_and_removal_leaves_no_handler()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        await using var desktop = new DesktopProcess();

        // Two runspaces import it, one removes it, then the other.
        Assert.Equal("imported", (await desktop.AskAsync("import"))[0]);
        Assert.Equal("imported", (await desktop.AskAsync("import"))[0]);
        Assert.Empty(await FromPayloadAsync(desktop));
        await desktop.AskAsync("remove-module");
        await desktop.AskAsync("remove-module");

        string answer = string.Join(' ', await desktop.AskAsync("me", emulator.BaseAddress.ToString(), emulator.DefaultUser.Token));
        Assert.Contains("Could not load file or assembly 'System.", answer, StringComparison.Ordinal);
        Assert.Empty(await FromPayloadAsync(desktop));
    }

    [Fact]
    public async Task One_runspace_may_remove_the_module_while_another_uses_it()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        await using var desktop = new DesktopProcess();

        await desktop.AskAsync("import");
        await desktop.AskAsync("import");
        await desktop.AskAsync("remove-module");

        Assert.Equal("me", (await desktop.AskAsync("me", emulator.BaseAddress.ToString(), emulator.DefaultUser.Token))[0]);
    }

    private static async Task<string[]> FromPayloadAsync(DesktopProcess desktop) =>
        [.. (await desktop.AskAsync("loaded")).Where(line => line.Contains(desktop.PayloadFolder, StringComparison.OrdinalIgnoreCase))];
}
