using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace DeepsetCloud.Tests.Packaging;

/// <summary>The package, made once for all tests about it by the very command that a maintainer runs.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private readonly string _output = Path.Combine(Path.GetTempPath(), $"DeepsetCloud.Package.{Guid.NewGuid():N}");

    internal string ModuleFolder { get; private set; } = "";

    /// <summary>The parts of the .nupkg by their path.</summary>
    internal IReadOnlyDictionary<string, byte[]> Parts { get; private set; } = new Dictionary<string, byte[]>();

    internal string FileName { get; private set; } = "";

    internal XElement Metadata { get; private set; } = new("none");

    /// <summary>The module folder's DLL before and after: making a package must leave it alone.</summary>
    internal (string Before, string After) DllOfTheModuleFolder { get; private set; }

    public async ValueTask InitializeAsync()
    {
        string before = Hash(ModuleUnderTest.Assembly);
        await RunAsync("build", "src/DeepsetCloud.PowerShell", "-t:Package", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-v:minimal", $"-p:PackageOutput={_output}");
        DllOfTheModuleFolder = (before, Hash(ModuleUnderTest.Assembly));

        ModuleFolder = Assert.Single(Directory.GetDirectories(Path.Combine(_output, "DeepsetCloud")));
        string package = Assert.Single(Directory.GetFiles(_output));
        FileName = Path.GetFileName(package);
        await using ZipArchive archive = await ZipFile.OpenReadAsync(package, TestContext.Current.CancellationToken);
        Parts = archive.Entries.ToDictionary(e => e.FullName, Read);
        using var nuspec = new MemoryStream(Parts["DeepsetCloud.nuspec"]);
        Metadata = Assert.Single(XDocument.Load(nuspec).Root!.Elements());
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_output))
        {
            Directory.Delete(_output, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The text of one element of the package's own description.</summary>
    internal string Describes(string name) => Assert.Single(Metadata.Elements(), e => e.Name.LocalName == name).Value;

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = ModuleUnderTest.RepositoryRoot,
            RedirectStandardOutput = true,
        };

        // The test run is itself a child of MSBuild, whose variables would tell this one where it is.
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}
