using System.Globalization;
using System.Text.Json.Nodes;

namespace DeepsetCloud.Tests.Engine.List;

/// <summary>A list that is paged in ways of its own.</summary>
internal sealed record BentPages
{
    /// <summary>How many tokens there are.</summary>
    public int Count { get; init; } = 25;

    /// <summary>The largest page.</summary>
    public int Cap { get; init; } = int.MaxValue;

    /// <summary>JSON of <c>total</c>; null leaves it out.</summary>
    public string? Total { get; init; }

    /// <summary>JSON of <c>has_more</c>; null leaves it out, and an empty text tells the truth.</summary>
    public string? HasMore { get; init; } = "";

    /// <summary>Whether every page is the first one.</summary>
    public bool Repeats { get; init; }

    /// <summary>From which page on nothing comes.</summary>
    public int EmptyFrom { get; init; } = int.MaxValue;

    /// <summary>How many tokens come twice.</summary>
    public int Doubled { get; init; }

    public void ServeAt(EmulatorServer emulator) => emulator.Faults.Choose = request => new Fault
    {
        Kind = FaultKind.RawBody,
        Body = Page(Number(request, "page_number"), Number(request, "limit")),
    };

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"token-{number:D4}");

    private static int Number(RecordedRequest request, string name) => int.Parse(request.QueryValue(name)!, CultureInfo.InvariantCulture);

    private string Page(int number, int limit)
    {
        int size = Math.Min(limit, Cap);
        int from = Repeats ? 0 : (number - 1) * size;
        int[] tokens = number >= EmptyFrom ? [] : [.. Enumerable.Range(from, Math.Clamp(Count - from, 0, size))];
        var page = new JsonObject
        {
            ["data"] = new JsonArray([.. tokens.Concat(tokens.Take(Doubled)).Select(Token)]),
        };
        if (HasMore is not null)
        {
            page["has_more"] = HasMore.Length == 0 ? from + tokens.Length < Count : JsonNode.Parse(HasMore);
        }

        if (Total is not null)
        {
            page["total"] = JsonNode.Parse(Total);
        }

        return page.ToJsonString();
    }

    private static JsonObject Token(int number) => new()
    {
        ["api_token_id"] = Id(number),
        ["expires_at"] = null,
        ["created_at"] = "2024-01-01T00:00:00Z",
    };
}
