namespace DeepsetCloud.Pester.Runner;

/// <summary>A failure, with the place in the script.</summary>
internal sealed class PesterFailure(string message, string stackTrace) : Exception(message)
{
    public override string StackTrace => stackTrace;
}
