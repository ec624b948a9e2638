using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace DeepsetCloud.ImportProbe;

/// <summary>Hears from Linux which files below a folder are opened.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class FileOpens : IDisposable
{
    private const int NonBlocking = 0x800;
    private const uint Open = 0x20;
    private const uint Directory = 0x40000000;
    private readonly int _queue;
    private readonly Dictionary<int, string> _folders = [];

    public FileOpens(string root)
    {
        _queue = Check(Start(NonBlocking));
        foreach (string folder in System.IO.Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Prepend(root))
        {
            _folders.Add(Check(Watch(_queue, folder, Open)), Path.GetRelativePath(root, folder));
        }
    }

    /// <summary>The files, each as often as it was opened.</summary>
    public string[] Take()
    {
        var opened = new List<string>();
        byte[] events = new byte[64 * 1024];
        nint read;
        while ((read = Read(_queue, events, events.Length)) > 0)
        {
            for (int at = 0; at < read;)
            {
                // struct inotify_event: the watch, the mask, a cookie, the length of the name, and the name.
                int watch = BitConverter.ToInt32(events, at);
                uint mask = BitConverter.ToUInt32(events, at + 4);
                int length = BitConverter.ToInt32(events, at + 12);
                string name = Encoding.UTF8.GetString(events, at + 16, length).TrimEnd('\0');
                at += 16 + length;
                if ((mask & Directory) == 0 && name.Length > 0)
                {
                    opened.Add(Path.Combine(_folders[watch], name).Replace("./", "", StringComparison.Ordinal));
                }
            }
        }

        return [.. opened.Order(StringComparer.Ordinal)];
    }

    public void Dispose() => Close(_queue);

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException($"The system does not tell which files are opened (error {Marshal.GetLastPInvokeError()}).");

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Start(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Watch(int queue, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int queue, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int queue);
}
