using System.Text;
using System.Text.Json;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

public class TokenReaderTests
{
    [Fact]
    public void An_older_service_sends_id_expiry_and_user()
    {
        ApiToken token = Read(
            """{"api_token_id":"9da1","expires_at":"2022-05-12T12:25:09+02:00","user":{"given_name":"Ada","family_name":"Lovelace"}}""");

        Assert.Equal("9da1", token.ApiTokenId);
        Assert.Equal(new DateTimeOffset(2022, 5, 12, 12, 25, 9, TimeSpan.FromHours(2)), token.ExpiresAt);
        Assert.True(token.IsExpired);
        Assert.Equal("Ada Lovelace", token.User!.ToString());
        Assert.Null(token.Name);
        Assert.Null(token.Type);
        Assert.Null(token.OrganizationRole);
        Assert.Null(token.RoleId);
        Assert.Null(token.Workspaces);
        Assert.Null(token.CreatedAt);
        Assert.Empty(token.AdditionalProperties);
        Assert.Equal("9da1", token.ToString());
    }

    [Fact]
    public void A_newer_service_sends_more()
    {
        ApiToken token = Read(
            """
            {"api_token_id":"a","expires_at":null,"user":null,"name":"ci","personal":false,"organization_role":"ADMIN","role_id":"r",
             "workspaces":["x","y"],"created_at":"2022-05-12T12:25:09.1234567Z"}
            """);

        Assert.Equal("ci", token.Name);
        Assert.Equal(ApiTokenType.Service, token.Type);
        Assert.Equal("ADMIN", token.OrganizationRole);
        Assert.Equal("r", token.RoleId);
        Assert.Equal(["x", "y"], token.Workspaces);
        Assert.Equal(1234567, token.CreatedAt!.Value.Ticks % TimeSpan.TicksPerSecond);
        Assert.Null(token.ExpiresAt);
        Assert.False(token.IsExpired);
        Assert.Null(token.User);
        Assert.Empty(token.AdditionalProperties);
        Assert.Equal("ci", token.ToString());
    }

    [Fact]
    public void Fields_that_nobody_knows_are_kept()
    {
        ApiToken token = Read("""{"api_token_id":"a","last_used":"2022","usage":{"calls":3,"ok":true,"none":null,"shares":[0.5,"x"]}}""");

        var usage = Assert.IsType<Dictionary<string, object?>>(token.AdditionalProperties["usage"]);
        Assert.Equal("2022", token.AdditionalProperties["last_used"]);
        Assert.Equal(3L, usage["calls"]);
        Assert.Equal(true, usage["ok"]);
        Assert.Null(usage["none"]);
        Assert.Equal([0.5m, "x"], Assert.IsType<object?[]>(usage["shares"]));
    }

    [Fact]
    public void Newer_fields_of_another_type_are_kept_as_they_are()
    {
        ApiToken token = Read(
            """
            {"api_token_id":"a","name":7,"personal":"yes","organization_role":["ADMIN"],"role_id":{"id":"r"},
             "workspaces":[{"name":"x"}],"created_at":"yesterday"}
            """);

        Assert.Null(token.Name);
        Assert.Null(token.Type);
        Assert.Null(token.Workspaces);
        Assert.Equal(
            ["created_at", "name", "organization_role", "personal", "role_id", "workspaces"],
            token.AdditionalProperties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(7L, token.AdditionalProperties["name"]);
        Assert.Equal("yesterday", token.AdditionalProperties["created_at"]);
    }

    [Theory]
    [InlineData("""["x",null]""")]
    [InlineData("""["x",["y"]]""")]
    [InlineData("""null""")]
    [InlineData("\"x\"")]
    public void A_list_of_workspaces_that_holds_anything_but_texts_is_kept_whole(string list)
    {
        ApiToken token = Read($$"""{"api_token_id":"a","workspaces":{{list}},"name":"ci"}""");

        Assert.Null(token.Workspaces);
        Assert.Equal(list, JsonSerializer.Serialize(token.AdditionalProperties["workspaces"]));
        Assert.Equal("ci", token.Name);
    }

    // What else every service sends must be right: WrongTypeTests.
    [Theory]
    [InlineData("""{"expires_at":null}""")]
    [InlineData("""{"api_token_id":"a","expires_at":"soon"}""")]
    public void A_token_without_an_id_or_with_an_expiry_that_is_none_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void An_owner_without_a_name_has_an_empty_one()
    {
        Assert.Equal("", Read("""{"api_token_id":"a","user":{}}""").User!.ToString());
        Assert.Null(Read("""{"api_token_id":"a","user":"Ada"}""").User);
        Assert.Equal("Ada", Read("""{"api_token_id":"a","user":"Ada"}""").AdditionalProperties["user"]);
        Assert.Equal("King", Read("""{"api_token_id":"a","user":{"given_name":7,"family_name":"King"}}""").User!.ToString());
        Assert.Equal(7L, ((Dictionary<string, object?>)Read("""{"api_token_id":"a","user":{"given_name":7}}""").AdditionalProperties["user"]!)["given_name"]);
        Assert.Equal("Ada", Read("""{"api_token_id":"a","user":{"given_name":"Ada","family_name":null,"more":[1]}}""").User!.ToString());
    }

    private static ApiToken Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return TokenReader.Read(ref reader, new StringPool());
    }
}
