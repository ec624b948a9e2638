namespace DeepsetCloud.Benchmarks;

/// <summary>The PowerShell that the repository pins.</summary>
internal static class Shell
{
    /// <summary>The program that runs it.</summary>
    public const string Program = "dotnet";

    /// <summary>What comes before a script.</summary>
    public static string[] Arguments => [Paths.PowerShell, "-NoProfile", "-NonInteractive", "-Command"];
}
