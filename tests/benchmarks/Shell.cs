namespace DeepsetCloud.Benchmarks;

/// <summary>The installed PowerShell, where there is one.</summary>
internal static class Shell
{
    public const string Program = "pwsh";

    /// <summary>What comes before a script.</summary>
    public static string[] Arguments => ["-NoProfile", "-NonInteractive", "-Command"];

    /// <summary>Whether it is on the PATH. If not, its rows are left out.</summary>
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? Program + ".exe" : Program)));
}
