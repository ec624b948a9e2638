using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace DeepsetCloud.Benchmarks;

/// <summary>Where things are, as the build knows it.</summary>
internal static class Paths
{
    public static string Root => Metadata("RepositoryRoot");

    public static string Manifest => Path.Combine(Root, "DeepsetCloud.psd1");

    public static string EmptyModule => Path.Combine(Metadata("EmptyModules"), "EmptyModule.psd1");

    public static string EmptyModuleWithView => Path.Combine(Metadata("EmptyModules"), "EmptyModuleWithView.psd1");

    public static string PowerShell => Metadata("PowerShell");

    public static string Emulator => Metadata("Emulator");

    [ModuleInitializer]
    internal static void LoadModuleFromItsFolder() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "DeepsetCloud.PowerShell" ? context.LoadFromAssemblyPath(Path.Combine(Root, "bin", "DeepsetCloud.PowerShell.dll")) : null;

    private static string Metadata(string key) => typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
