using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>What a page costs to parse, against bare source-generated System.Text.Json that reads the same bytes into the same members.</summary>
internal static class ParsingRows
{
    private const int Pages = 500;
    private const int Rounds = 15;

    private const string ClassicFields =
        """
        "api_token_id":"9da1ffe7-8f09-47b0-874f-{0:000000000000}","expires_at":"2027-02-22T14:57:00.123456+00:00",
        "user":{"given_name":"Ada","family_name":"Lovelace"}
        """;

    private const string CurrentFields = ClassicFields +
        """
        ,"name":"token-{0:000000}","personal":true,"organization_role":"MEMBER","role_id":"7aff1a3a-2fa9-4467-b392-{0:000000000000}",
        "workspaces":["production","staging"],"created_at":"2026-02-22T14:57:00.123456Z"
        """;

    public static async Task<IEnumerable<Row>> RunAsync() => [await RunAsync("classic", ClassicFields), await RunAsync("current", CurrentFields)];

    private static async Task<Row> RunAsync(string shape, string fields)
    {
        IEnumerable<string> tokens = Enumerable.Range(0, 100).Select(i => "{" + fields.Replace("{0:000000000000}", $"{i:D12}").Replace("{0:000000}", $"{i:D6}") + "}");
        byte[] page = Encoding.UTF8.GetBytes($$"""{"data":[{{string.Join(",", tokens)}}],"has_more":true,"total":10000}""");
        Action module = () => TokenPageReader.Read(page), bare = () => JsonSerializer.Deserialize(page, BareContext.Default.BarePage);

        Series[] times = await Race.RunAsync(Rounds, () => TimeAsync(module), () => TimeAsync(bare));
        return new Row(
            $"parse {Pages} pages of 100 tokens ({shape} fields)",
            $"{times[0]}, {Allocated(module)}",
            $"source-generated System.Text.Json: {times[1]}, {Allocated(bare)}",
            times[0].Median / times[1].Median,
            -1.5);
    }

    private static Task<double> TimeAsync(Action parse) => Race.TimeAsync(() =>
    {
        for (int i = 0; i < Pages; i++)
        {
            parse();
        }

        return Task.CompletedTask;
    });

    private static string Allocated(Action parse)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        parse();
        return FormattableString.Invariant($"{(GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0:0.0} KB a page");
    }
}

internal sealed record BarePage(List<BareToken> Data, bool? HasMore, long? Total);

internal sealed class BareToken
{
    public string? ApiTokenId { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public BareUser? User { get; set; }

    public string? Name { get; set; }

    public bool? Personal { get; set; }

    public string? OrganizationRole { get; set; }

    public string? RoleId { get; set; }

    public List<string>? Workspaces { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }
}

internal sealed class BareUser
{
    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BarePage))]
internal sealed partial class BareContext : JsonSerializerContext;
