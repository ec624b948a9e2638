using System.Collections;
using System.Management.Automation;
using DeepsetCloud.Module;

namespace DeepsetCloud.Parameters;

/// <summary>
/// Takes tokens where ids are wanted. PowerShell would take the text of a token for its id, and that is its name: somebody
/// could name a token after the id of another one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TokenIdAttribute : ArgumentTransformationAttribute
{
    /// <summary>Why a token cannot stand for its id here; null where it can.</summary>
    public string? Refusal { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (IdOf(inputData) is string id)
        {
            return id;
        }

        return inputData.Unwrap() is IEnumerable list and not string
            ? list.Cast<object?>().Select(item => IdOf(item) ?? item).ToArray()
            : inputData;
    }

    private string? IdOf(object? item)
    {
        string? id = item.Unwrap() is ApiToken token ? token.ApiTokenId
            : item is PSObject wrapped && wrapped.TypeNames.Contains("Deserialized.DeepsetCloud.ApiToken") ? wrapped.Properties["ApiTokenId"]?.Value?.ToString()
            : null;
        return id is null || Refusal is null ? id : throw new ArgumentTransformationMetadataException(Refusal);
    }
}
