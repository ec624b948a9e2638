using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DeepsetCloud.Tests.Desktop;

/// <summary>Makes an assembly that names members without having them at hand.</summary>
internal static class SampleAssembly
{
    /// <summary>An assembly that refers to overloads of an instance method with one parameter that returns a bool.</summary>
    public static byte[] Calling(string space, string type, string method, params Action<SignatureTypeEncoder>[] parameters)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Sample.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Sample"), new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.Sha1);
        AssemblyReferenceHandle core = metadata.AddAssemblyReference(metadata.GetOrAddString("mscorlib"), new Version(4, 0, 0, 0), default, default, default, default);
        TypeReferenceHandle owner = metadata.AddTypeReference(core, metadata.GetOrAddString(space), metadata.GetOrAddString(type));
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        foreach (Action<SignatureTypeEncoder> parameter in parameters)
        {
            var signature = new BlobBuilder();
            new BlobEncoder(signature).MethodSignature(isInstanceMethod: true)
                .Parameters(1, r => r.Type().Boolean(), p => parameter(p.AddParameter().Type()));
            metadata.AddMemberReference(owner, metadata.GetOrAddString(method), metadata.GetOrAddBlob(signature));
        }

        var file = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(file);
        return file.ToArray();
    }
}
