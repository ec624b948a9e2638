using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DeepsetCloud.DesktopCheck;

/// <summary>What the process has loaded, and what it would load for others than the module.</summary>
internal static class LoadedAssemblies
{
    public static string Describe() => "loaded\t" + string.Join("\t", AppDomain.CurrentDomain.GetAssemblies()
        .Where(a => !a.IsDynamic)
        .Select(a => $"{a.GetName().Name}={a.GetName().Version}={a.Location}"));

    /// <summary>Uses System.Text.Json itself, as another module might.</summary>
    public static string Demand()
    {
        try
        {
            return "loaded\t" + LocationOfJson();
        }
        catch (FileNotFoundException)
        {
            return "not found";
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string LocationOfJson() => typeof(JsonDocument).Assembly.Location;
}
