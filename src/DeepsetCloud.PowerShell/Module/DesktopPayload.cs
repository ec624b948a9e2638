using System.Reflection;

namespace DeepsetCloud.Module;

/// <summary>The assemblies that the module brings for Windows PowerShell, and who gets them: the module and they themselves.</summary>
/// <param name="moduleFile">The module's own assembly file. The payload is in the folder <c>desktop</c> beside it.</param>
internal sealed class DesktopPayload(string moduleFile)
{
    private readonly string _folder = Path.Combine(Path.GetDirectoryName(moduleFile)!, "desktop");

    /// <summary>Finds the file that answers a request for an assembly.</summary>
    /// <param name="assembly">The display name of what is wanted.</param>
    /// <param name="requester">The file of the assembly that wants it; empty where it has none.</param>
    /// <returns>
    /// The file; null where the request is none of our business, or where the payload has only an older version than wanted.
    /// </returns>
    public string? FileFor(string assembly, string requester)
    {
        // First, and cheaply: nearly all requests in a process are those of others.
        if (!IsOurs(requester))
        {
            return null;
        }

        var wanted = new AssemblyName(assembly);
        string file = Path.Combine(_folder, wanted.Name + ".dll");
        return IsPayload(wanted.Name!)
            && File.Exists(file)
            && (wanted.Version is null || AssemblyName.GetAssemblyName(file).Version >= wanted.Version)
            ? file
            : null;
    }

    /// <summary>Whether the payload holds an assembly of this name. Written down here, so that nobody needs to look for files.</summary>
    public static bool IsPayload(string name) => name is
        "Microsoft.Bcl.AsyncInterfaces"
        or "System.Buffers"
        or "System.IO.Pipelines"
        or "System.Memory"
        or "System.Numerics.Vectors"
        or "System.Runtime.CompilerServices.Unsafe"
        or "System.Text.Encodings.Web"
        or "System.Text.Json"
        or "System.Threading.Tasks.Extensions";

    private bool IsOurs(string requester) =>
        requester.Length > 0 && (IsSame(requester, moduleFile) || IsSame(Path.GetDirectoryName(requester)!, _folder));

    // Windows PowerShell runs on Windows alone, where case does not matter.
    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
