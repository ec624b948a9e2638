using System.Globalization;
using System.Text;

namespace DeepsetCloud.Emulator;

/// <summary>Answers that a fault spells out.</summary>
internal static class MadeUpAnswer
{
    public static Answer Of(Fault fault)
    {
        int status = fault.Status ?? fault.Kind switch
        {
            FaultKind.RawBody => 200,
            FaultKind.Redirect => 307,
            _ => 503,
        };
        var body = fault.Content ?? Encoding.UTF8.GetBytes(fault.Body ?? WordsOfTheService(status));
        var answer = new Answer(status, body, body.IsEmpty ? null : fault.ContentType);
        AddIfGiven(answer, "Content-Encoding", fault.ContentEncoding);
        AddIfGiven(answer, "Location", fault.Location);
        AddIfGiven(answer, "Retry-After", fault.RetryAfterDate?.ToString("R", CultureInfo.InvariantCulture));
        if (fault.RetryAfter is { } wait)
        {
            answer.With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        return answer;
    }

    // What the service itself says is JSON; who means somebody on the way gives a body, be it empty.
    private static string WordsOfTheService(int status) => status < 400 ? "" : $$"""{"detail":"Emulated status {{status}}"}""";

    private static void AddIfGiven(Answer answer, string header, string? value)
    {
        if (value is not null)
        {
            answer.With(header, value);
        }
    }
}
