using System.Reflection;

namespace DeepsetCloud.DesktopCheck;

/// <summary>What the process has loaded, and what it would load for others than the module.</summary>
internal static class LoadedAssemblies
{
    public static string Describe() => "loaded\t" + string.Join("\t", AppDomain.CurrentDomain.GetAssemblies()
        .Where(a => !a.IsDynamic)
        .Select(a => $"{a.GetName().Name}={a.GetName().Version}={a.Location}"));

    public static string Demand(string name)
    {
        try
        {
            return "loaded\t" + Assembly.Load(name).Location;
        }
        catch (FileNotFoundException)
        {
            return "not found";
        }
    }
}
