using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>One finding about a request, in FastAPI's shape.</summary>
/// <param name="Location">Where: <c>query</c> or <c>body</c>, then the field.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Type">What is wrong, for programs.</param>
internal sealed record Finding(string[] Location, string Message, string Type);

/// <summary>The error answers.</summary>
internal static class Problem
{
    public static Answer Of(int status, string detail) => Answer.Json(status, Write(w => w.WriteString("detail", detail)));

    public static Answer Invalid(IEnumerable<Finding> findings) => Answer.Json(422, Write(w =>
    {
        w.WriteStartArray("detail");
        foreach (var finding in findings)
        {
            w.WriteStartObject();
            w.WriteStartArray("loc");
            foreach (string step in finding.Location)
            {
                w.WriteStringValue(step);
            }

            w.WriteEndArray();
            w.WriteString("msg", finding.Message);
            w.WriteString("type", finding.Type);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }));

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WireJson.Options))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
