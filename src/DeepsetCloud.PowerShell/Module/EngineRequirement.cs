namespace DeepsetCloud.Module;

/// <summary>Which PowerShell the module runs on.</summary>
internal static class EngineRequirement
{
    /// <summary>Refuses an engine whose .NET has no System.Text.Json 8. Itself it needs none.</summary>
    /// <param name="engine">The version of the engine's assembly: 3.0 for all of Windows PowerShell, else that of PowerShell.</param>
    /// <exception cref="NotSupportedException">It is too old.</exception>
    public static void Check(Version engine)
    {
        if (engine is { Major: 6 } or { Major: 7, Minor: < 4 })
        {
            throw new NotSupportedException(
                $"DeepsetCloud needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell {engine.ToString(2)}.");
        }
    }
}
