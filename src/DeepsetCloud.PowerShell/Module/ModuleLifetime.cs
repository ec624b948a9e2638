using System.Management.Automation;

namespace DeepsetCloud.Module;

/// <summary>What PowerShell calls when it imports and removes the module. No file is read here.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Checks the engine, and on Windows PowerShell sees to it that the module finds its assemblies.</summary>
    public void OnImport()
    {
        EngineRequirement.Check(typeof(PSObject).Assembly.GetName().Version!);
        DesktopAssemblyResolver.Register();
    }

    /// <summary>Leaves no trace in the process.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => DesktopAssemblyResolver.Unregister();
}
