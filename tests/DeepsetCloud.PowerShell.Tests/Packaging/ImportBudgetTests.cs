using System.Diagnostics;
using System.Text.Json;

namespace DeepsetCloud.Tests.Packaging;

/// <summary>What import does, counted in a fresh process. Whoever adds to it answers here for what every user then waits for.</summary>
public sealed class ImportBudgetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dc-import-");

    [Fact]
    public async Task Import_loads_one_assembly_opens_three_files_and_looks_at_the_engine()
    {
        string manifest = CopyModule();

        JsonElement did = await ProbeAsync(manifest);

        Assert.Equal(1, did.GetProperty("modules").GetInt32());
        Assert.Equal(["DeepsetCloud.PowerShell"], Names(did, "assemblies"));
        Assert.Contains(Names(did, "later"), method => method.Contains("GetDcSessionCommand", StringComparison.Ordinal));
        string[] compiled = Names(did, "compiled");
        Assert.Equal(
            [
                "DeepsetCloud.Module.ModuleLifetime:.ctor",
                "DeepsetCloud.Module.ModuleLifetime:OnImport",
                "DeepsetCloud.Module.EngineRequirement:Check",
                "DeepsetCloud.Module.DesktopAssemblyResolver:Register",
                "DeepsetCloud.Client.Http.DotNetFramework:get_IsCurrent",
            ],
            compiled);
        if (OperatingSystem.IsLinux())
        {
            string dll = Path.Combine("bin", "DeepsetCloud.PowerShell.dll");
            Assert.Equal(["DeepsetCloud.format.ps1xml", "DeepsetCloud.psd1", dll], Names(did, "files").Distinct());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] Names(JsonElement did, string property) => [.. did.GetProperty(property).EnumerateArray().Select(e => e.GetString()!)];

    // As it is shipped, help and all: what lies beside the module must not be touched either.
    private string CopyModule()
    {
        string root = ModuleUnderTest.RepositoryRoot;
        string bin = _folder.CreateSubdirectory("bin").FullName;
        File.Copy(ModuleUnderTest.UntouchedAssembly, Path.Combine(bin, Path.GetFileName(ModuleUnderTest.UntouchedAssembly)));
        foreach (string name in new[] { "DeepsetCloud.psd1", "DeepsetCloud.format.ps1xml" })
        {
            File.Copy(Path.Combine(root, name), Path.Combine(_folder.FullName, name));
        }

        foreach (string beside in new[] { "en-US", Path.Combine("bin", "desktop") }.Where(folder => Directory.Exists(Path.Combine(root, folder))))
        {
            string target = _folder.CreateSubdirectory(beside).FullName;
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, beside)))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        return Path.Combine(_folder.FullName, "DeepsetCloud.psd1");
    }

    private static async Task<JsonElement> ProbeAsync(string manifest)
    {
        var start = new ProcessStartInfo("dotnet", [ModuleUnderTest.ImportProbe, manifest, "Get-DcSession"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonDocument.Parse(output).RootElement;
    }
}
