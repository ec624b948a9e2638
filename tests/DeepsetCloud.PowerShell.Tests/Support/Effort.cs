using System.Globalization;

namespace DeepsetCloud.Tests.Support;

/// <summary>
/// How much the generated tests try. <c>DEEPSETCLOUD_TEST_EFFORT=100 dotnet test --filter FullyQualifiedName~Listing</c> tries a
/// hundred times as much; <c>DEEPSETCLOUD_TEST_SEED</c> starts at the seed that a failure printed.
/// </summary>
internal static class Effort
{
    private const string FactorVariable = "DEEPSETCLOUD_TEST_EFFORT";
    private const string SeedVariable = "DEEPSETCLOUD_TEST_SEED";

    /// <summary>The seed to start at; null for a new one each time.</summary>
    public static string? Seed => Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? seed : null;

    /// <summary>Whether more was asked for than usual.</summary>
    public static bool IsRaised => Factor > 1;

    /// <summary>So many attempts, or as many times more as were asked for.</summary>
    public static long Of(int iterations) => iterations * Factor;

    private static long Factor =>
        long.TryParse(Environment.GetEnvironmentVariable(FactorVariable), NumberStyles.None, CultureInfo.InvariantCulture, out long factor)
            ? Math.Max(1, factor)
            : 1;
}
