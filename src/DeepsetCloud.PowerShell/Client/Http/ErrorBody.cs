using System.Net;
using System.Text;
using System.Text.Json;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>The body of a response that is no success: who speaks in it, and what is said, in any of the shapes that are used.</summary>
internal sealed class ErrorBody
{
    private const int MaximumLength = 500;
    private const int MaximumItems = 5;

    // Nobody reads more of a page, and no refusal of the service is as long.
    private const int MaximumBytes = 1024 * 1024;

    private readonly string? _words;

    private ErrorBody(string? words, bool isOfService)
    {
        _words = words;
        IsOfService = isOfService;
    }

    /// <summary>Whether this is JSON of the service's shape. All else was said by somebody on the way.</summary>
    public bool IsOfService { get; }

    public static ErrorBody Read(ApiResponse response)
    {
        string text;
        try
        {
            ReadOnlySpan<byte> body = response.Utf8Body;
            text = Encoding.UTF8.GetString(body.Slice(0, Math.Min(body.Length, MaximumBytes)).ToArray());
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            return new ErrorBody(null, isOfService: false);
        }

        if (text.TrimStart().StartsWith("<", StringComparison.Ordinal))
        {
            return new ErrorBody(FromHtml(text), isOfService: false);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return new ErrorBody(Say(root) ?? text, HasShapeOfService(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: JSON, but with halves of characters.
            return new ErrorBody(text, isOfService: false);
        }
    }

    /// <summary>What is said, cleaned and shortened; null where nothing is.</summary>
    /// <param name="redact">Takes out what must not be shown. Before the words are shortened: half a key is recognized no more.</param>
    public string? Words(Func<string, string> redact)
    {
        string words = redact(TextSanitizer.Clean(_words ?? ""));
        return words.Length == 0 ? null : Shorten(words);
    }

    private static bool HasShapeOfService(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && (root.TryGetProperty("detail", out _) || root.TryGetProperty("message", out _) || root.TryGetProperty("errors", out _));

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
            .Select(name => !element.TryGetProperty(name, out JsonElement value) ? null : name == "errors" ? SayErrors(value) : Say(value))
            .Where(words => !string.IsNullOrWhiteSpace(words))
            .Distinct()
            .ToList();
        return said.Count == 0 ? null : string.Join(": ", said);
    }

    // Either a list, or by field: {"expires_at": ["must be within 365 days"]}.
    private static string? SayErrors(JsonElement errors)
    {
        if (errors.ValueKind != JsonValueKind.Object)
        {
            return Say(errors);
        }

        var all = errors.EnumerateObject().Take(MaximumItems)
            .Select(field => Say(field.Value) is { Length: > 0 } words ? $"{field.Name}: {words}" : null)
            .OfType<string>().ToList();
        return all.Count == 0 ? null : string.Join("; ", all);
    }
}
