using DeepsetCloud.Module;

namespace DeepsetCloud.DesktopCheck;

/// <summary>What PowerShell does with the module's assembly, as far as that goes without an engine.</summary>
internal static class ModuleImport
{
    /// <summary>What the import does on .NET Framework, without any type of the engine.</summary>
    public static string Register()
    {
        DesktopAssemblyResolver.Register();
        return "registered";
    }

    public static string Import()
    {
        int types = typeof(ModuleLifetime).Assembly.GetExportedTypes().Length;
        new ModuleLifetime().OnImport();
        return $"imported\t{types}";
    }

    public static string Remove()
    {
        new ModuleLifetime().OnRemove(null!);
        return "removed";
    }
}
