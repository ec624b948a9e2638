using System.Text;

namespace DeepsetCloud.Emulator;

/// <summary>An answer, whole and ready to send.</summary>
internal sealed class Answer(int status, ReadOnlyMemory<byte> body = default, string? contentType = null)
{
    public int Status { get; } = status;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public Dictionary<string, string> Headers { get; } = HeadersWith(contentType);

    public static Answer Json(int status, ReadOnlyMemory<byte> body) => new(status, body, "application/json");

    public static Answer Json(int status, string body) => Json(status, Encoding.UTF8.GetBytes(body));

    public Answer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }

    /// <summary>The same answer with another body.</summary>
    public Answer WithBody(ReadOnlyMemory<byte> other)
    {
        var answer = new Answer(Status, other);
        foreach (var header in Headers)
        {
            answer.With(header.Key, header.Value);
        }

        return answer;
    }

    private static Dictionary<string, string> HeadersWith(string? contentType)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (contentType is not null)
        {
            headers.Add("Content-Type", contentType);
        }

        return headers;
    }
}
