using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace DeepsetCloud.Tests.Support;

/// <summary>Where the module is, and the promise that there is only one of it in this process.</summary>
internal static class ModuleUnderTest
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The pwsh.dll of the PowerShell that the repository pins.</summary>
    public static string PowerShell => Metadata("PowerShell");

    /// <summary>The same build as <see cref="Assembly"/>, where no tool has put anything in to measure coverage.</summary>
    public static string UntouchedAssembly => Metadata("UntouchedAssembly");

    /// <summary>What is shipped beside the assembly for Windows PowerShell.</summary>
    public static string[] DesktopPayload => Directory.GetFiles(Path.Combine(RepositoryRoot, "bin", "desktop"));

    /// <summary>The reference assemblies of .NET Framework 4.7.2.</summary>
    public static string FrameworkReferences => Metadata("FrameworkReferences");

    /// <summary>The program that runs the module's Api on .NET Framework.</summary>
    public static string DesktopCheck => Metadata("DesktopCheck");

    public static string Manifest => Path.Combine(RepositoryRoot, "DeepsetCloud.psd1");

    public static string Assembly => Path.Combine(RepositoryRoot, "bin", "DeepsetCloud.PowerShell.dll");

    [ModuleInitializer]
    internal static void LoadFromModuleFolder() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "DeepsetCloud.PowerShell" ? context.LoadFromAssemblyPath(Assembly) : null;

    private static string Metadata(string key) =>
        typeof(ModuleUnderTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
