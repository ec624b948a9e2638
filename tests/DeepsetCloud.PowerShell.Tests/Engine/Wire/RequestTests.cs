using System.Text.Json.Nodes;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>What goes over the wire: the requests that the service's own SDK sends, and not a letter that was not given.</summary>
public class RequestTests : EngineTest
{
    private const string Id = "9da1ffe7-8f09-47b0-874f-15471b5e6e13";

    [Theory]
    [InlineData("Get-DcApiToken -After 29396fea-7596-4eb1-8faa-a2352c595590 -Before 7aff1a3a-2fa9-4467-b392-51aa52c3f5ad -Limit 13571",
        "/api/v1/token?after=29396fea-7596-4eb1-8faa-a2352c595590&before=7aff1a3a-2fa9-4467-b392-51aa52c3f5ad&limit=13571")]
    [InlineData("Get-DcApiToken -PageNumber 97101 -Limit 13571", "/api/v1/token?limit=13571&page_number=97101")]
    [InlineData("Get-DcApiToken -PageNumber 2", "/api/v1/token?page_number=2")]
    [InlineData("Get-DcApiToken -Limit 7 -PageNumber 2147483647", "/api/v1/token?limit=7&page_number=2147483647")]
    [InlineData("Get-DcApiToken -After x", "/api/v1/token?after=x")]
    [InlineData("Get-DcApiToken -Before 'a&b=c d/?#%ü'", "/api/v1/token?before=a%26b%3Dc%20d%2F%3F%23%25%C3%BC")]
    [InlineData("Get-DcApiToken", "/api/v1/token?limit=100&page_number=1")]
    [InlineData("Get-DcApiToken -Limit 30", "/api/v1/token?limit=30&page_number=1")]
    [InlineData("Get-DcApiToken -First 5", "/api/v1/token?limit=5&page_number=1")]
    [InlineData("Get-DcApiToken -First 5 -Skip 20 -Limit 10", "/api/v1/token?limit=10&page_number=3")]
    [InlineData("Get-DcApiToken -PageNumber 1 -Workspace production", "/api/v1/workspaces/production/token?page_number=1")]
    [InlineData("Get-DcApiToken -Workspace production", "/api/v1/workspaces/production/token?limit=100&page_number=1")]
    [InlineData("Get-DcApiToken -After x -Workspace 'größe & co'", "/api/v1/workspaces/gr%C3%B6%C3%9Fe%20%26%20co/token?after=x")]
    public async Task A_listing_asks_what_was_asked(string script, string target)
    {
        await StartAsync(new EmulatorOptions { Workspaces = { "größe & co" } });

        RecordedRequest request = Send(script + " -ErrorAction Ignore");

        Assert.Equal(("GET", target, ""), (request.Method, request.RawTarget, request.Body));
        AssertHeaders(request, hasBody: false);
    }

    [Theory]
    [InlineData("New-DcApiToken", "{}")]
    [InlineData("New-DcApiToken -ExpiresAt 2022-05-20T13:30:46.463000Z", """{"expires_at":"2022-05-20T13:30:46.463Z"}""")]
    [InlineData("New-DcApiToken -ExpiresAt 2022-05-20T15:30:46.463+02:00", """{"expires_at":"2022-05-20T13:30:46.463Z"}""")]
    [InlineData("New-DcApiToken -ExpiresAt '2022-05-20T13:30:46.1234567Z'", """{"expires_at":"2022-05-20T13:30:46.1234567Z"}""")]
    [InlineData("New-DcApiToken -ExpiresAt ([datetime]::SpecifyKind('2022-05-20T13:30:46.463', 'Utc'))", """{"expires_at":"2022-05-20T13:30:46.463Z"}""")]
    [InlineData("New-DcApiToken -Name $null -Type $null -OrganizationRole $null -RoleId $null", "{}")]
    [InlineData("New-DcApiToken -Name ''", "{}")]
    [InlineData("New-DcApiToken ci", """{"name":"ci"}""")]
    [InlineData("New-DcApiToken -NeverExpires", """{"expires":false}""")]
    [InlineData("New-DcApiToken -NeverExpires:$false", "{}")]
    [InlineData("New-DcApiToken -Type Personal", """{"personal":true}""")]
    [InlineData("New-DcApiToken -Type Service", """{"personal":false}""")]
    [InlineData("New-DcApiToken -OrganizationRole Member", """{"organization_role":"MEMBER"}""")]
    [InlineData("New-DcApiToken -OrganizationRole external", """{"organization_role":"EXTERNAL"}""")]
    [InlineData("New-DcApiToken -RoleId " + Id, """{"role_id":"9da1ffe7-8f09-47b0-874f-15471b5e6e13"}""")]
    [InlineData("New-DcApiToken -Workspace default", """{"workspaces":["default"]}""")]
    [InlineData("New-DcApiToken -Workspaces default, staging", """{"workspaces":["default","staging"]}""")]
    [InlineData("New-DcApiToken ci -NeverExpires -Type Service -OrganizationRole Admin -Workspace staging -AsPlainText",
        """{"name":"ci","expires":false,"personal":false,"organization_role":"ADMIN","workspaces":["staging"]}""")]
    public void A_creation_sends_what_was_given_and_nothing_else(string script, string body)
    {
        RecordedRequest request = Send(script);

        Assert.Equal(("POST", "/api/v1/token", 201), (request.Method, request.RawTarget, request.Status));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(request.Body)), request.Body);
        AssertHeaders(request, hasBody: true);
    }

    [Theory]
    [InlineData("Remove-DcApiToken " + Id, Id)]
    [InlineData("Remove-DcApiToken " + Id + " -Force -PassThru -ThrottleLimit 1", Id)]
    [InlineData("Remove-DcApiToken 'a&b=c;d:e+ü'", "a%26b%3Dc%3Bd%3Ae%2B%C3%BC")]
    public void A_removal_names_the_token_and_has_no_body(string script, string segment)
    {
        RecordedRequest request = Send(script + " -ErrorAction Ignore");

        Assert.Equal(("DELETE", "/api/v1/token/" + segment, ""), (request.Method, request.RawTarget, request.Body));
        AssertHeaders(request, hasBody: false);
    }

    [Fact]
    public void Connecting_asks_who_that_is()
    {
        RecordedRequest request = Send("Connect-DcSession $key -BaseUri $baseUri");

        Assert.Equal(("GET", "/api/v1/me", ""), (request.Method, request.RawTarget, request.Body));
        AssertHeaders(request, hasBody: false);
    }

    private static void AssertHeaders(RecordedRequest request, bool hasBody)
    {
        Assert.Equal("Bearer " + EmulatorOptions.DefaultUserToken, request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        string version = typeof(ApiToken).Assembly.GetName().Version!.ToString(3);
        Assert.Matches($@"^DeepsetCloud\.PowerShell/{version.Replace(".", @"\.", StringComparison.Ordinal)} \([^()]+\)$", request.Headers["User-Agent"]);

        // Besides these: what HTTP itself needs. No cookie, no language, nothing else that tells of the user.
        string[] http = ["Accept", "Accept-Encoding", "Authorization", "Host", "User-Agent", "Content-Length"];
        Assert.Empty(request.Headers.Keys.Except(hasBody ? [.. http, "Content-Type"] : http, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(hasBody ? "application/json" : null, request.Headers.GetValueOrDefault("Content-Type"));
    }

    private RecordedRequest Send(string script)
    {
        Run(script).EnsureNoErrors();
        return Assert.Single(Emulator.Requests.Snapshot());
    }
}
