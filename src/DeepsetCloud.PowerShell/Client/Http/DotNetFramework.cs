namespace DeepsetCloud.Client.Http;

/// <summary>The runtime of Windows PowerShell.</summary>
internal static class DotNetFramework
{
    /// <summary>Whether this is it (or Mono, which behaves alike) and not the .NET of PowerShell 7: its core library tells.</summary>
    public static bool IsCurrent => typeof(object).Assembly.FullName!.StartsWith("mscorlib,", StringComparison.Ordinal);
}
