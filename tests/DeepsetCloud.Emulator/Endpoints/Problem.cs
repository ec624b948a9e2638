namespace DeepsetCloud.Emulator;

/// <summary>One finding about a request, in FastAPI's shape.</summary>
/// <param name="Location">Where: <c>query</c> or <c>body</c>, then the field.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Type">What is wrong, for programs.</param>
internal sealed record Finding(string[] Location, string Message, string Type);

/// <summary>The error answers.</summary>
internal static class Problem
{
    public static Answer Of(int status, string detail) => Answer.Json(status, new { detail });

    public static Answer Invalid(params IEnumerable<Finding> findings) => Answer.Json(
        422, new { detail = findings.Select(finding => new { loc = finding.Location, msg = finding.Message, type = finding.Type }) });
}
