using System.Reflection;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Module;

/// <summary>
/// Answers the runtime when it cannot find an assembly of the <see cref="DesktopPayload"/>. Only on .NET Framework: on
/// PowerShell 7 everything is in the box, and this never so much as listens.
/// </summary>
internal static class DesktopAssemblyResolver
{
    /// <summary>
    /// Begins to listen. Each runspace imports and removes the module by itself: the event holds one handler for each import,
    /// so that it counts them and nothing else in the process needs to.
    /// </summary>
    public static void Register()
    {
        if (DotNetFramework.IsCurrent)
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    /// <summary>Undoes one <see cref="Register"/>.</summary>
    public static void Unregister()
    {
        if (DotNetFramework.IsCurrent)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        Assembly? requester = request.RequestingAssembly;
        if (requester is null || requester.IsDynamic)
        {
            return null;
        }

        var payload = new DesktopPayload(typeof(DesktopAssemblyResolver).Assembly.Location);

        // LoadFrom, as PowerShell loads the module itself: in that context there is one assembly per identity, so that the
        // module and System.Text.Json cannot get two different System.Memory. LoadFile would make a second one beside a copy
        // of the same identity that another module has loaded, and spans could not pass between the two.
        return payload.FileFor(request.Name, requester.Location) is string file ? Assembly.LoadFrom(file) : null;
    }
}
