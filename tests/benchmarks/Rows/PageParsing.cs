using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>The same bytes, read by the module and by the bare library into the same members.</summary>
public class PageParsing
{
    private byte[] _page = [];

    /// <summary>Which fields a token has.</summary>
    public enum Shape
    {
        /// <summary>Id, expiry and user.</summary>
        Classic,

        /// <summary>What newer servers send, too.</summary>
        Current,
    }

    [Params(Shape.Classic, Shape.Current)]
    public Shape Fields { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var data = new JsonArray();
        for (int i = 0; i < 100; i++)
        {
            var token = new JsonObject
            {
                ["api_token_id"] = Guid.NewGuid().ToString(),
                ["expires_at"] = "2027-02-22T14:57:00.123456+00:00",
                ["user"] = new JsonObject { ["given_name"] = "Ada", ["family_name"] = "Lovelace" },
            };
            if (Fields == Shape.Current)
            {
                token["name"] = $"token-{i:000000}";
                token["personal"] = true;
                token["organization_role"] = "MEMBER";
                token["role_id"] = Guid.NewGuid().ToString();
                token["workspaces"] = new JsonArray("production", "staging");
                token["created_at"] = "2026-02-22T14:57:00.123456Z";
            }

            data.Add((JsonNode)token);
        }

        _page = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["data"] = data, ["has_more"] = true, ["total"] = 10_000 });
    }

    [Benchmark]
    public object Module() => TokenPageReader.Read(_page);

    [Benchmark]
    public object Bare() => JsonSerializer.Deserialize(_page, BareContext.Default.BarePage)!;
}

internal sealed record BarePage(
    [property: JsonPropertyName("data")] List<BareToken> Data,
    [property: JsonPropertyName("has_more")] bool? HasMore,
    [property: JsonPropertyName("total")] long? Total);

internal sealed class BareToken
{
    [JsonPropertyName("api_token_id")]
    public string? ApiTokenId { get; set; }

    [JsonPropertyName("expires_at")]
    public DateTimeOffset? ExpiresAt { get; set; }

    [JsonPropertyName("user")]
    public BareUser? User { get; set; }

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("personal")]
    public bool? Personal { get; set; }

    [JsonPropertyName("organization_role")]
    public string? OrganizationRole { get; set; }

    [JsonPropertyName("role_id")]
    public string? RoleId { get; set; }

    [JsonPropertyName("workspaces")]
    public List<string>? Workspaces { get; set; }

    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; set; }
}

internal sealed class BareUser
{
    [JsonPropertyName("given_name")]
    public string? GivenName { get; set; }

    [JsonPropertyName("family_name")]
    public string? FamilyName { get; set; }
}

[JsonSerializable(typeof(BarePage))]
internal sealed partial class BareContext : JsonSerializerContext;
