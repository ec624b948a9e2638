using System.Globalization;
using System.Management.Automation;
using DeepsetCloud.Module;
using DeepsetCloud.Text;

namespace DeepsetCloud.Parameters;

/// <summary>
/// Reads a value that may come as text from the pipeline, such as a cell of a CSV file. PowerShell drops what it cannot
/// convert there without a word, and a token whose expiry was dropped would never expire.
/// </summary>
/// <param name="type">What it must become.</param>
/// <param name="expected">What it should be, for the message.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StrictConversionAttribute(Type type, string expected) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Unwrap();
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
        {
            // An empty cell is not given.
            return inputData;
        }

        if (type == typeof(SwitchParameter) && value is string word)
        {
            // PowerShell makes no switch of a text; what says no is left to it, which is the same as not given.
            return !bool.TryParse(word, out bool isSet) ? throw Refused(value) : isSet ? SwitchParameter.Present : inputData;
        }

        return LanguagePrimitives.TryConvertTo(inputData, type, CultureInfo.InvariantCulture, out object converted)
            ? converted
            : throw Refused(value);
    }

    private ArgumentTransformationMetadataException Refused(object value) =>
        new($"'{TextSanitizer.Clean(value.ToString() ?? "")}' is not {expected}. Nothing was sent for it.");
}
