using System.Net;
using System.Text;
using System.Text.Json;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>Finds what the service itself says in the body of a refusal, in any of the shapes it uses.</summary>
internal static class ServerMessage
{
    private const int MaximumLength = 500;
    private const int MaximumItems = 5;

    /// <summary>The words, cleaned and shortened; null where there are none.</summary>
    /// <param name="response">The refusal.</param>
    /// <param name="redact">Takes out what must not be shown. Before the words are shortened: half a key is recognised no more.</param>
    public static string? From(ApiResponse response, Func<string, string> redact)
    {
        string text;
        try
        {
            ReadOnlySpan<byte> body = response.Utf8Body;

            // Nobody reads more, and a body may be megabytes of HTML.
            text = Encoding.UTF8.GetString(body.Slice(0, Math.Min(body.Length, 64 * 1024)).ToArray());
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            return null;
        }

        string? words = text.TrimStart().StartsWith("<", StringComparison.Ordinal) ? FromHtml(text) : FromJson(text) ?? text;
        words = KeyRedactor.Redact(redact(TextSanitizer.Clean(words)));
        return words.Length == 0 ? null : Shorten(words);
    }

    private static string Shorten(string words)
    {
        if (words.Length <= MaximumLength)
        {
            return words;
        }

        int end = char.IsHighSurrogate(words[MaximumLength - 1]) ? MaximumLength - 1 : MaximumLength;
        return words.Substring(0, end).TrimEnd() + "…";
    }

    private static string FromHtml(string html)
    {
        // No pattern: on hostile text one can take for ever.
        int tag = html.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        int start = tag < 0 ? -1 : html.IndexOf('>', tag) + 1;
        int end = start <= 0 ? -1 : html.IndexOf('<', start);
        string words = end < 0 ? "" : TextSanitizer.Clean(WebUtility.HtmlDecode(html.Substring(start, end - start)));
        return words.Length == 0 ? "(an HTML page)" : $"(an HTML page: {words})";
    }

    private static string? FromJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Say(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: JSON, but with halves of characters.
            return null;
        }
    }

    private static string? Say(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => SayAll(element),
        JsonValueKind.Object => SayObject(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => element.GetRawText(),
    };

    private static string? SayAll(JsonElement list)
    {
        var all = list.EnumerateArray().Take(MaximumItems).Select(Say).Where(words => !string.IsNullOrWhiteSpace(words)).ToList();
        return all.Count == 0 ? null : string.Join("; ", all);
    }

    private static string? SayObject(JsonElement element)
    {
        // FastAPI: where the fault lies, and what it is.
        if (element.TryGetProperty("msg", out JsonElement msg) && Say(msg) is string fault)
        {
            string? place = element.TryGetProperty("loc", out JsonElement loc) && loc.ValueKind == JsonValueKind.Array
                ? string.Join(".", loc.EnumerateArray().Select(Say))
                : null;
            return string.IsNullOrEmpty(place) ? fault : $"{place}: {fault}";
        }

        string[] known = ["detail", "message", "details", "errors", "error", "title"];
        var said = known
            .Select(name => element.TryGetProperty(name, out JsonElement value) ? Say(value) : null)
            .Where(words => !string.IsNullOrWhiteSpace(words))
            .Distinct()
            .ToList();
        return said.Count == 0 ? null : string.Join(": ", said);
    }
}
