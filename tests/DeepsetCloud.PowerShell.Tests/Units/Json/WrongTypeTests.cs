using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

/// <summary>Every field of a response with values of every type. What all servers send must be right; the rest is kept as it is.</summary>
public class WrongTypeTests
{
    private const string Page = """{"data":[{"api_token_id":"a","expires_at":null,"user":{"given_name":"g","family_name":"f"}}],"has_more":false,"total":1}""";

    private static readonly string[] Values =
        ["null", "true", "5", "-1", "1.5", "1e400", "\"\"", "\"text\"", "\"12:30\"", "\"2030-01-01T00:00:00Z\"", "[]", "[1]", "[\"text\"]", "{}", "{\"a\":{}}", "[[[]]]"];

    private static readonly string[] Texts = ["\"text\"", "\"12:30\"", "\"2030-01-01T00:00:00Z\""];

    private static readonly Dictionary<string, string[]> Accepted = new()
    {
        ["data"] = ["[]"],
        ["has_more"] = ["null", "true"],
        ["total"] = ["null", "5"],
        ["api_token_id"] = Texts,
        ["expires_at"] = ["null", "\"2030-01-01T00:00:00Z\""],
    };

    public static TheoryData<string> Fields => [.. Accepted.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_page_with_a_field_of_a_wrong_type_is_refused(string field) => Assert.All(Values, value =>
    {
        Exception? refusal = Record.Exception(() => TokenPageReader.Read(With(Page, field, value)));

        Assert.True(Accepted[field].Contains(value) == refusal is null, $"{field} = {value}: {(refusal is null ? "accepted" : "refused")}");
        Assert.True(refusal is null or JsonException, $"{field} = {value}: {refusal}");
    });

    [Theory]
    [InlineData("user")]
    [InlineData("given_name")]
    [InlineData("family_name")]
    [InlineData("name")]
    [InlineData("personal")]
    [InlineData("organization_role")]
    [InlineData("role_id")]
    [InlineData("workspaces")]
    [InlineData("created_at")]
    [InlineData("usage")]
    [InlineData("")]
    public void A_newer_field_of_another_type_is_kept_once(string field) => Assert.All(Values, value =>
    {
        ApiToken token = Assert.Single(TokenPageReader.Read(With(Page, field, value)).Tokens);

        bool known = field switch
        {
            "name" => token.Name is not null,
            "personal" => token.Type is not null,
            "organization_role" => token.OrganizationRole is not null,
            "role_id" => token.RoleId is not null,
            "workspaces" => token.Workspaces is not null,
            "created_at" => token.CreatedAt is not null,
            "user" => token.User is not null,
            "given_name" => token.User!.GivenName.Length > 0,
            "family_name" => token.User!.FamilyName.Length > 0,
            _ => false,
        };
        bool nothing = value is "null" or "\"\"" && field is "name" or "organization_role" or "role_id" or "user" or "given_name" or "family_name";
        string kept = field is "given_name" or "family_name" ? "user" : field;
        Assert.True(known || nothing || token.AdditionalProperties.ContainsKey(kept), $"{field} = {value} is lost");
        Assert.True(!known || !token.AdditionalProperties.ContainsKey(kept), $"{field} = {value} is there twice");
    });

    [Theory]
    [InlineData("user_id")]
    [InlineData("given_name")]
    [InlineData("email")]
    [InlineData("organization")]
    [InlineData("name")]
    [InlineData("workspaces")]
    public void Who_the_key_belongs_to_is_what_can_be_read(string field) => Assert.All(Values, value => Assert.NotNull(IdentityReader.Read(
        With("""{"user_id":"u","email":"e","given_name":"g","organization":{"name":"n","workspaces":[{"name":"w"}]}}""", field, value)).User));

    [Fact]
    public void A_secret_of_a_wrong_type_is_none() => Assert.All(Values, value =>
    {
        string json = $$"""{"x":[{}],"api_token":{{value}},"api_token_id":{{value}},"y":1}""";

        Assert.Equal(Texts.Contains(value) ? value.Trim('"') : null, Secret(json));
    });

    // It would be written to the terminal as it is.
    [Theory]
    [InlineData("""api_\u001b[2J""")]
    [InlineData("""api_\u0000rest""")]
    [InlineData("""api_\r\nX: y""")]
    [InlineData("")]
    public void A_secret_that_cannot_be_a_key_is_none(string secret) => Assert.Null(Secret($$"""{"api_token":"{{secret}}"}"""));

    [Theory]
    [InlineData("""{"api_token":"api_x1"}""")]
    [InlineData("""{"api_token":"api_x1","api_token_id":"an-id","name":"other","more":{"api_token":"nested"}}""")]
    [InlineData("""{"note":null,"list":[{"api_token":"nested"}],"api_token":"api_x1"}""")]
    public void A_secret_is_found_among_other_members(string json) => Assert.Equal("api_x1", Secret(json));

    [Fact]
    public void A_secret_has_at_most_64_KB()
    {
        Assert.Equal(65_536, Secret($$"""{"api_token":"{{new string('a', 65_536)}}"}""")!.Length);
        Assert.Null(Secret($$"""{"api_token":"{{new string('a', 65_537)}}"}"""));
    }

    /// <summary>The secret in a response; null where it is refused, without a word of it.</summary>
    private static string? Secret(string json)
    {
        try
        {
            return new NetworkCredential("", CreatedReader.Read(Encoding.UTF8.GetBytes(json)).Secret).Password;
        }
        catch (JsonException e)
        {
            Assert.DoesNotContain("api_\\u", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("aaaa", e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static byte[] With(string json, string field, string value)
    {
        JsonNode root = JsonNode.Parse(json)!;
        JsonNode place = field switch
        {
            "given_name" or "family_name" when root["data"] is { } data => data[0]!["user"]!,
            "name" or "workspaces" when root["organization"] is { } organization => organization,
            "data" or "has_more" or "total" => root,
            _ => root["data"]?[0] ?? root,
        };
        place[field] = JsonNode.Parse(value);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
