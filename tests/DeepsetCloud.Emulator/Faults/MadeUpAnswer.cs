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
        string? wait = fault.RetryAfter is { } time ? Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
        return new Answer(status, body)
            .With("Content-Type", body.IsEmpty ? null : fault.ContentType)
            .With("Content-Encoding", fault.ContentEncoding)
            .With("Location", fault.Location)
            .With("Retry-After", wait ?? fault.RetryAfterDate?.ToString("R", CultureInfo.InvariantCulture));
    }

    // What the service itself says is JSON; who means somebody on the way gives a body, be it empty.
    private static string WordsOfTheService(int status) => status < 400 ? "" : $$"""{"detail":"Emulated status {{status}}"}""";
}
