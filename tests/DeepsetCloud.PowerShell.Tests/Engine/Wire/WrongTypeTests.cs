using System.Text.Json.Nodes;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Every field of a page with values of every type. What all servers send must be right; the rest is kept as it is.</summary>
public class WrongTypeTests
{
    private static readonly string[] Values =
        ["null", "true", "5", "-1", "1.5", "1e400", "\"\"", "\"text\"", "\"12:30\"", "\"2030-01-01T00:00:00Z\"", "[]", "[1]", "[\"text\"]", "{}", "{\"a\":{}}", "[[[]]]"];

    private static readonly Dictionary<string, string[]> Accepted = new()
    {
        ["data"] = ["[]"],
        ["has_more"] = ["null", "true"],
        ["total"] = ["null", "5"],
        ["api_token_id"] = ["\"text\"", "\"12:30\"", "\"2030-01-01T00:00:00Z\""],
        ["expires_at"] = ["null", "\"2030-01-01T00:00:00Z\""],
    };

    public static TheoryData<string> Fields => [.. Accepted.Keys];

    public static TheoryData<string> NewerFields => ["user", "given_name", "family_name", "name", "personal", "organization_role", "role_id", "workspaces", "created_at", "usage", ""];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_page_with_a_wrong_field_is_refused(string field)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        foreach (string value in Values)
        {
            emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = Page(field, value).ToJsonString() });
            ShellResult result = shell.Run("Get-DcApiToken -PageNumber 1");

            bool accepted = Accepted[field].Contains(value);
            Assert.True(accepted == (result.Errors.Count == 0), $"{field} = {value}: {(accepted ? "refused" : "accepted")}");
            Assert.True(accepted || result.Error.FullyQualifiedErrorId.StartsWith("InvalidResponse,", StringComparison.Ordinal));
            Assert.Equal(0, emulator.Faults.Pending);
        }
    }

    [Theory]
    [MemberData(nameof(NewerFields))]
    public async Task A_newer_field_of_another_type_is_kept(string field)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        foreach (string value in Values)
        {
            emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = Page(field, value).ToJsonString() });

            ApiToken token = Assert.Single(shell.Run("Get-DcApiToken -PageNumber 1").EnsureNoErrors().As<ApiToken>());

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
        }
    }

    [Theory]
    [InlineData("user_id")]
    [InlineData("given_name")]
    [InlineData("email")]
    [InlineData("organization")]
    [InlineData("name")]
    [InlineData("workspaces")]
    public async Task Who_the_key_belongs_to_is_what_can_be_read(string field)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));
        foreach (string value in Values)
        {
            JsonNode me = JsonNode.Parse("""{"user_id":"u","email":"e","given_name":"g","organization":{"name":"n","workspaces":[{"name":"w"}]}}""")!;
            JsonNode place = field is "name" or "workspaces" ? me["organization"]! : me;
            place[field] = JsonNode.Parse(value);
            emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = me.ToJsonString() });

            ShellResult result = shell.Run($"Connect-DcSession -ApiKey $key -BaseUri {emulator.BaseAddress} -PassThru").EnsureNoErrors();

            Assert.Empty(result.Warnings);
            Assert.NotNull(Assert.Single(result.As<DcSession>()).User);
        }
    }

    [Fact]
    public async Task A_secret_of_a_wrong_type_is_none()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        foreach (string value in Values)
        {
            emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = $$"""{"x":[{}],"api_token":{{value}},"api_token_id":{{value}},"y":1}""" });
            ShellResult result = shell.Run("New-DcApiToken -AsPlainText");

            if (value.StartsWith('"') && value.Length > 2)
            {
                Assert.Equal(value.Trim('"'), result.EnsureNoErrors().As<string>()[0]);
            }
            else
            {
                Assert.StartsWith("CreationUncertain,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
            }
        }
    }

    // It would be written to the terminal as it is.
    [Theory]
    [InlineData("api_\\u001b[2J")]
    [InlineData("api_\\u0000rest")]
    [InlineData("api_\\r\\nX: y")]
    [InlineData("")]
    public async Task A_secret_that_cannot_be_a_key_is_none(string secret)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = $$"""{"api_token":"{{secret}}"}""" });
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("New-DcApiToken -AsPlainText");

        Assert.StartsWith("CreationUncertain,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("api_\\u", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_without_end_is_none()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = $$"""{"api_token":"{{new string('a', 65_536)}}"}""" });
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = $$"""{"api_token":"{{new string('a', 65_537)}}"}""" });
        using Shell shell = Connection.ShellTo(emulator);

        Assert.Equal(65_536, shell.Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>()[0].Length);
        Assert.StartsWith("CreationUncertain,", shell.Run("New-DcApiToken").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static JsonObject Page(string field, string value)
    {
        var page = (JsonObject)JsonNode.Parse(
            """{"data":[{"api_token_id":"a","expires_at":null,"user":{"given_name":"g","family_name":"f"}}],"has_more":false,"total":1}""")!;
        JsonNode token = page["data"]![0]!;
        JsonNode place = field switch
        {
            "data" or "has_more" or "total" => page,
            "given_name" or "family_name" => token["user"]!,
            _ => token,
        };
        place[field] = JsonNode.Parse(value);
        return page;
    }
}
