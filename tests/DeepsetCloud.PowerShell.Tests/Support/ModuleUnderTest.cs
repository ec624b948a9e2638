using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace DeepsetCloud.Tests.Support;

/// <summary>Where the module is, and the promise that there is only one of it in this process.</summary>
internal static class ModuleUnderTest
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The program that imports a module in a fresh process and tells what that did.</summary>
    public static string ImportProbe => Metadata("ImportProbe");

    /// <summary>The same build as <see cref="Assembly"/>, where no tool has put anything in to measure coverage.</summary>
    public static string UntouchedAssembly => Metadata("UntouchedAssembly");

    public static string Manifest => Path.Combine(RepositoryRoot, "DeepsetCloud.psd1");

    public static string Assembly => Path.Combine(RepositoryRoot, "bin", "DeepsetCloud.PowerShell.dll");

    [ModuleInitializer]
    internal static void LoadFromModuleFolder() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "DeepsetCloud.PowerShell" ? context.LoadFromAssemblyPath(Assembly) : null;

    private static string Metadata(string key) =>
        typeof(ModuleUnderTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
