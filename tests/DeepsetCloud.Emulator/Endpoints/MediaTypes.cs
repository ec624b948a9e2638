using Microsoft.Net.Http.Headers;

namespace DeepsetCloud.Emulator;

/// <summary>What a client sends and accepts.</summary>
internal static class MediaTypes
{
    public static bool AcceptsJson(string? accept)
    {
        if (accept is null)
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParseList([accept], out var ranges)
            && ranges.Any(r => r.Quality is null or > 0 && r.MediaType.Value is "*/*" or "application/*" or "application/json");
    }

    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
