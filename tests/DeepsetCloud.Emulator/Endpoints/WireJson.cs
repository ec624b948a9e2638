using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>How JSON is written: letters as UTF-8, as the service does, not as escapes.</summary>
internal static class WireJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
