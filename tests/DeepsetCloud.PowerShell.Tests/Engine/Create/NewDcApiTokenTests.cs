using System.Management.Automation;
using System.Net;

namespace DeepsetCloud.Tests.Engine.Create;

public class NewDcApiTokenTests
{
    [Fact]
    public async Task It_writes_what_was_created_with_the_secret_sealed()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run(
            "New-DcApiToken ci -ExpiresAt 2040-01-02T03:04:05Z -Type Service -OrganizationRole Admin -RoleId 9da1ffe7-8f09-47b0-874f-15471b5e6e13 -Workspace production, staging");

        CreatedApiToken created = Assert.Single(result.EnsureNoErrors().As<CreatedApiToken>());
        StoredToken stored = Assert.Single(emulator.Tokens.Snapshot());
        Assert.Equal(("ci", created.ExpiresAt, ApiTokenType.Service), (created.Name, stored.ExpiresAt, created.Type));
        Assert.Equal(["production", "staging"], created.Workspaces);
        Assert.Equal((false, "ADMIN", "9da1ffe7-8f09-47b0-874f-15471b5e6e13"), (stored.Personal, stored.OrganizationRole, stored.RoleId));
        Assert.Equal(["production", "staging"], stored.Workspaces);
        Assert.True(created.ApiToken.IsReadOnly());
        await AssertWorks(emulator, new NetworkCredential("", created.ApiToken).Password);
    }

    [Fact]
    public async Task AsPlainText_writes_the_secret_as_a_string()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        string secret = Assert.Single(shell.Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>());

        await AssertWorks(emulator, secret);
    }

    [Theory]
    [InlineData("New-DcApiToken", null, true)]
    [InlineData("New-DcApiToken -Name ci", "ci", true)]
    [InlineData("New-DcApiToken -NeverExpires", null, false)]
    [InlineData("New-DcApiToken ci -NeverExpires:$true", "ci", false)]
    public async Task The_service_decides_what_is_not_given(string script, string? name, bool expires)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        CreatedApiToken created = Assert.Single(shell.Run(script).EnsureNoErrors().As<CreatedApiToken>());

        StoredToken stored = Assert.Single(emulator.Tokens.Snapshot());
        Assert.Equal((name, expires, null), (stored.Name, stored.Expires, stored.ExpiresAt));
        Assert.Equal((name, null, null, null), (created.Name, created.ExpiresAt, created.Type, created.Workspaces));
        Assert.Equal(name ?? "a new API token", created.ToString());
    }

    [Theory]
    [InlineData("ci", "ci")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("größer \"quoted\" 'x' \\ / 😀", "größer \"quoted\" 'x' \\ / 😀")]
    public async Task A_name_is_sent_as_it_is_and_an_empty_one_is_none(string given, string? stored)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Set("name", given);

        shell.Run("New-DcApiToken -Name $name").EnsureNoErrors();

        Assert.Equal(stored, Assert.Single(emulator.Tokens.Snapshot()).Name);
    }

    [Fact]
    public async Task Session_says_where()
    {
        await using EmulatorServer home = await EmulatorServer.StartAsync();
        await using EmulatorServer away = await EmulatorServer.StartAsync();
        using var shell = new Shell(home);
        shell.Set("away", TestSession.To(away));

        shell.Run("New-DcApiToken -Session $away").EnsureNoErrors();

        Assert.Equal((0, 1), (home.Tokens.Count, away.Tokens.Count));
    }

    [Fact]
    public async Task An_API_key_may_not_create_and_is_told_so()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        string apiKey = emulator.Tokens.Create().Secret;
        using var shell = new Shell(emulator, token: apiKey);

        ErrorRecord error = shell.Run("New-DcApiToken ci").Error;

        Assert.Equal("Forbidden,DeepsetCloud.Commands.NewDcApiTokenCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Equal("ci", error.TargetObject);
        Assert.Contains("API keys cannot create or remove tokens", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, emulator.Tokens.Count);
    }

    [Theory]
    [InlineData("-ExpiresIn 0:00")]
    [InlineData("-ExpiresIn '-1.00:00:00'")]
    [InlineData("-ExpiresIn 90")]
    [InlineData("-ExpiresIn 0:00:59")]
    [InlineData("-ExpiresIn soon")]
    [InlineData("-Workspace ''")]
    [InlineData("-Workspace @()")]
    [InlineData("-Workspace $neverSet")]
    [InlineData("-Workspace production, ' '")]
    [InlineData("-ExpiresAt someday")]
    [InlineData("-Type Robot")]
    [InlineData("-OrganizationRole King")]
    [InlineData("-RoleId admin")]
    [InlineData("-RoleId '../../me'")]
    [InlineData("-Session $null")]
    public async Task What_cannot_be_meant_is_refused_by_name(string argument)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ErrorRecord error = shell.Run("New-DcApiToken " + argument).Error;

        Assert.Contains(argument.Split(' ')[0][1..], error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category == ErrorCategory.InvalidData ? ErrorCategory.InvalidArgument : error.CategoryInfo.Category);
        Assert.Equal(0, emulator.Requests.Count);
    }

    private static async Task AssertWorks(EmulatorServer emulator, string secret)
    {
        Assert.StartsWith("api_", secret, StringComparison.Ordinal);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        using HttpResponseMessage answer = await http.GetAsync(new Uri(emulator.BaseAddress, "api/v1/me"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
