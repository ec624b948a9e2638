using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DeepsetCloud.Tests.Desktop;

/// <summary>Assemblies that can be looked into without being loaded.</summary>
internal sealed class AssemblyCatalog : IDisposable
{
    // The framework has a few files that are no assemblies.
    private readonly Dictionary<string, Entry> _files = new(StringComparer.OrdinalIgnoreCase);

    public AssemblyCatalog(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            var entry = new Entry(file);
            if (entry.IsManaged)
            {
                _files.Add(Path.GetFileNameWithoutExtension(file), entry);
            }
            else
            {
                entry.Dispose();
            }
        }
    }

    /// <summary>.NET Framework 4.7.2 with the desktop payload.</summary>
    public static AssemblyCatalog Desktop(Func<string, bool>? without = null) => new(
        Directory.GetFiles(ModuleUnderTest.FrameworkReferences, "*.dll")
            .Concat(Directory.GetFiles(Path.Combine(ModuleUnderTest.FrameworkReferences, "Facades"), "*.dll"))
            .Concat(ModuleUnderTest.DesktopPayload)
            .Where(file => without?.Invoke(Path.GetFileNameWithoutExtension(file)) != true));

    public MetadataReader? Find(string assembly) => _files.TryGetValue(assembly, out Entry? file) ? file.Reader : null;

    /// <summary>Finds a type, also where the assembly only says in which other one it is.</summary>
    /// <param name="assembly">The assembly that is said to have it.</param>
    /// <param name="path">The full name of the outermost type, then the names of those nested in it.</param>
    public FoundType? FindType(string assembly, string[] path)
    {
        if (!_files.TryGetValue(assembly, out Entry? file))
        {
            return null;
        }

        if (!file.Types.Value.TryGetValue(path[0], out TypeDefinitionHandle handle))
        {
            return file.Forwards.Value.TryGetValue(path[0], out string? target) ? FindType(target, path) : null;
        }

        foreach (string name in path[1..])
        {
            handle = file.Reader.GetTypeDefinition(handle).GetNestedTypes()
                .FirstOrDefault(type => file.Reader.StringComparer.Equals(file.Reader.GetTypeDefinition(type).Name, name));
            if (handle.IsNil)
            {
                return null;
            }
        }

        return new FoundType(file.Reader, file.Reader.GetTypeDefinition(handle));
    }

    public void Dispose()
    {
        foreach (Entry file in _files.Values)
        {
            file.Dispose();
        }
    }

    /// <summary>A type, and the file that defines it.</summary>
    internal sealed record FoundType(MetadataReader Reader, TypeDefinition Definition);

    private sealed class Entry : IDisposable
    {
        private readonly PEReader _file;

        public Entry(string path)
        {
            _file = new PEReader(File.OpenRead(path));
            Types = new(() => Reader.TypeDefinitions
                .Where(type => !Reader.GetTypeDefinition(type).IsNested)
                .ToDictionary(type => FullName(Reader.GetTypeDefinition(type).Namespace, Reader.GetTypeDefinition(type).Name)));
            Forwards = new(() => Reader.ExportedTypes.Select(Reader.GetExportedType)
                .Where(type => type.Implementation.Kind == HandleKind.AssemblyReference)
                .ToDictionary(type => FullName(type.Namespace, type.Name), TargetOf));
        }

        public bool IsManaged => _file.HasMetadata;

        public MetadataReader Reader => field ??= _file.GetMetadataReader();

        public Lazy<Dictionary<string, TypeDefinitionHandle>> Types { get; }

        public Lazy<Dictionary<string, string>> Forwards { get; }

        public void Dispose() => _file.Dispose();

        private string TargetOf(ExportedType type) =>
            Reader.GetString(Reader.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation).Name);

        private string FullName(StringHandle space, StringHandle name) =>
            space.IsNil ? Reader.GetString(name) : $"{Reader.GetString(space)}.{Reader.GetString(name)}";
    }
}
