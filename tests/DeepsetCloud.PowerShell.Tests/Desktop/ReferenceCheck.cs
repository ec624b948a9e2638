using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DeepsetCloud.Tests.Desktop;

/// <summary>Looks up everything that an assembly uses of others.</summary>
internal static class ReferenceCheck
{
    /// <summary>Lists the types and members that are not in the catalog.</summary>
    /// <param name="file">The assembly whose references are looked up.</param>
    /// <param name="catalog">Where they are looked up.</param>
    /// <param name="except">Assemblies that are not looked into.</param>
    /// <returns>How many were looked up, and those that are missing.</returns>
    public static (int Checked, string[] Missing) Run(string file, AssemblyCatalog catalog, params string[] except)
    {
        using var pe = new PEReader(File.OpenRead(file));
        MetadataReader reader = pe.GetMetadataReader();
        var missing = new List<string>();
        int count = 0;
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (SignatureText.AssemblyOf(reader, handle) is string assembly && !except.Contains(assembly))
            {
                count++;
                string[] path = SignatureText.PathOf(reader, handle);
                if (catalog.FindType(assembly, path) is null)
                {
                    missing.Add($"{assembly}: {string.Join("+", path)}");
                }
            }
        }

        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (OwnerOf(reader, member.Parent) is TypeReferenceHandle owner
                && SignatureText.AssemblyOf(reader, owner) is string assembly
                && !except.Contains(assembly)
                && catalog.FindType(assembly, SignatureText.PathOf(reader, owner)) is { } type)
            {
                count++;
                if (!HasMember(catalog, type, reader.GetString(member.Name), SignatureOf(member)))
                {
                    missing.Add($"{assembly}: {string.Join("+", SignatureText.PathOf(reader, owner))}.{reader.GetString(member.Name)} {SignatureOf(member)}");
                }
            }
        }

        return (count, [.. missing]);
    }

    private static string SignatureOf(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(SignatureText.Instance, null)
        : SignatureText.Of(member.DecodeMethodSignature(SignatureText.Instance, null));

    // Members of arrays have no owner to look into; those of instantiated types have the generic type.
    private static TypeReferenceHandle? OwnerOf(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            {
                return null;
            }

            blob.ReadCompressedInteger();
            parent = blob.ReadTypeHandle();
        }

        return parent.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)parent : null;
    }

    // What a base class has, its heirs have: a framework may keep a member higher up than another.
    private static bool HasMember(AssemblyCatalog catalog, AssemblyCatalog.FoundType type, string name, string signature)
    {
        MetadataReader reader = type.Reader;
        bool isHere = type.Definition.GetMethods().Select(reader.GetMethodDefinition)
                .Any(m => reader.StringComparer.Equals(m.Name, name) && SignatureText.Of(m.DecodeSignature(SignatureText.Instance, null)) == signature)
            || type.Definition.GetFields().Select(reader.GetFieldDefinition)
                .Any(f => reader.StringComparer.Equals(f.Name, name) && f.DecodeSignature(SignatureText.Instance, null) == signature);
        return isHere || (BaseOf(catalog, type) is { } above && HasMember(catalog, above, name, signature));
    }

    private static AssemblyCatalog.FoundType? BaseOf(AssemblyCatalog catalog, AssemblyCatalog.FoundType type)
    {
        EntityHandle above = type.Definition.BaseType;
        if (above.IsNil)
        {
            return null;
        }

        if (above.Kind == HandleKind.TypeDefinition)
        {
            return new(type.Reader, type.Reader.GetTypeDefinition((TypeDefinitionHandle)above));
        }

        return OwnerOf(type.Reader, above) is TypeReferenceHandle handle && SignatureText.AssemblyOf(type.Reader, handle) is string assembly
            ? catalog.FindType(assembly, SignatureText.PathOf(type.Reader, handle))
            : null;
    }
}
