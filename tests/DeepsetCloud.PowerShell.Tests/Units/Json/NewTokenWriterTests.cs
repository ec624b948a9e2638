using System.Text;
using System.Text.Json.Nodes;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

public class NewTokenWriterTests
{
    [Fact]
    public void Nothing_given_is_an_empty_object() => Assert.Equal("{}", Write(new NewTokenRequest()));

    [Fact]
    public void Everything_given_is_written_in_the_words_of_the_service()
    {
        string json = Write(new NewTokenRequest
        {
            Name = "ci \"quoted\" – größer",
            ExpiresAt = new DateTimeOffset(2022, 5, 20, 13, 30, 46, 463, TimeSpan.Zero),
            Type = ApiTokenType.Service,
            OrganizationRole = OrganizationRole.External,
            RoleId = "9da1ffe7-8f09-47b0-874f-15471b5e6e13",
            Workspaces = ["a", "b c"],
        });

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {"name":"ci \"quoted\" – größer","expires_at":"2022-05-20T13:30:46.463Z","personal":false,"organization_role":"EXTERNAL",
                 "role_id":"9da1ffe7-8f09-47b0-874f-15471b5e6e13","workspaces":["a","b c"]}
                """),
            JsonNode.Parse(json)));
    }

    [Theory]
    [InlineData(OrganizationRole.Admin, "ADMIN")]
    [InlineData(OrganizationRole.Member, "MEMBER")]
    [InlineData(OrganizationRole.External, "EXTERNAL")]
    public void Roles_are_in_capitals(OrganizationRole role, string word) =>
        Assert.Equal($$"""{"organization_role":"{{word}}"}""", Write(new NewTokenRequest { OrganizationRole = role }));

    [Fact]
    public void A_token_that_never_expires_says_so_and_names_no_instant() =>
        Assert.Equal("""{"expires":false}""", Write(new NewTokenRequest { NeverExpires = true }));

    [Fact]
    public void A_personal_key_is_said_to_be_one() =>
        Assert.Equal("""{"personal":true}""", Write(new NewTokenRequest { Type = ApiTokenType.Personal }));

    private static string Write(NewTokenRequest request) => Encoding.UTF8.GetString(NewTokenWriter.Write(request));
}
