using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>An answer, whole and ready to send.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body = default)
{
    // Letters as UTF-8, as the service does, not as escapes.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static Answer Json(int status, ReadOnlyMemory<byte> body) => new Answer(status, body).With("Content-Type", "application/json");

    public static Answer Json(int status, string body) => Json(status, Encoding.UTF8.GetBytes(body));

    /// <param name="status">The status.</param>
    /// <param name="body">An object whose members are named as on the wire.</param>
    public static Answer Json(int status, object body) => Json(status, JsonSerializer.SerializeToUtf8Bytes(body, Plain));

    public Answer With(string header, string? value)
    {
        if (value is not null)
        {
            Headers[header] = value;
        }

        return this;
    }
}
