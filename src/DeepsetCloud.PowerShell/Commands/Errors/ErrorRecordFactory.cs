using System.Management.Automation;

namespace DeepsetCloud.Commands.Errors;

/// <summary>Turns exceptions into the records that PowerShell shows.</summary>
internal static class ErrorRecordFactory
{
    /// <param name="error">What happened.</param>
    /// <param name="target">What it happened to: never a secret.</param>
    public static ErrorRecord From(DcApiException error, object target) =>
        new(error, error.ErrorId, ErrorTable.CategoryOf(error.Kind), target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = ErrorTable.ActionFor(error) },
        };
}
