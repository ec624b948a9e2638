using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Create;

public class NewDcApiTokenTests : EngineTest
{
    [Fact]
    public void It_writes_what_was_created_with_the_secret_sealed()
    {
        ShellResult result = Run(
            "New-DcApiToken ci -ExpiresAt 2040-01-02T03:04:05Z -Type Service -OrganizationRole Admin -RoleId 9da1ffe7-8f09-47b0-874f-15471b5e6e13 -Workspace production, staging");

        CreatedApiToken created = Assert.Single(result.EnsureNoErrors().As<CreatedApiToken>());
        StoredToken stored = Assert.Single(Emulator.Tokens.Snapshot());
        Assert.Equal(("ci", created.ExpiresAt, ApiTokenType.Service), (created.Name, stored.ExpiresAt, created.Type));
        Assert.Equal(["production", "staging"], created.Workspaces);
        Assert.Equal((false, "ADMIN", "9da1ffe7-8f09-47b0-874f-15471b5e6e13"), (stored.Personal, stored.OrganizationRole, stored.RoleId));
        Assert.Equal(["production", "staging"], stored.Workspaces);
        Assert.True(created.ApiToken.IsReadOnly());
        AssertWorks(created);
    }

    [Fact]
    public void AsPlainText_writes_the_secret_as_a_string()
    {
        string secret = Assert.Single(Run("New-DcApiToken -AsPlainText").EnsureNoErrors().As<string>());

        Assert.StartsWith("api_", secret, StringComparison.Ordinal);
        Connect(key: secret);
        Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Theory]
    [InlineData("New-DcApiToken", null, true)]
    [InlineData("New-DcApiToken -Name ci", "ci", true)]
    [InlineData("New-DcApiToken -NeverExpires", null, false)]
    [InlineData("New-DcApiToken ci -NeverExpires:$true", "ci", false)]
    public void The_service_decides_what_is_not_given(string script, string? name, bool expires)
    {
        CreatedApiToken created = Assert.Single(Run(script).EnsureNoErrors().As<CreatedApiToken>());

        StoredToken stored = Assert.Single(Emulator.Tokens.Snapshot());
        Assert.Equal((name, expires, null), (stored.Name, stored.Expires, stored.ExpiresAt));
        Assert.Equal((name, null, null, null), (created.Name, created.ExpiresAt, created.Type, created.Workspaces));
        Assert.Equal(name ?? "a new API token", created.ToString());
    }

    // The clock of the test stands at a fraction of a second.
    [Theory]
    [InlineData("90.00:00:00", "2030-04-01T12:00:00.000Z")]
    [InlineData("0:01:00", "2030-01-01T12:01:00.000Z")]
    [InlineData("1:30", "2030-01-01T13:30:00.000Z")]
    public void ExpiresIn_counts_from_the_clock_of_the_session_in_whole_seconds(string time, string instant)
    {
        Clock.UtcNow = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

        ShellResult result = Run($"New-DcApiToken -ExpiresIn {time}").EnsureNoErrors();

        Assert.Equal($$"""{"expires_at":"{{instant}}"}""", Emulator.Requests.Last!.Body);
        Assert.Equal(DateTimeOffset.Parse(instant, null), Assert.Single(result.As<CreatedApiToken>()).ExpiresAt);
    }

    [Fact]
    public async Task The_token_is_created_where_Session_says()
    {
        await using EmulatorServer away = await EmulatorServer.StartAsync();
        Shell.Set("away", TestSession.To(away));

        Run("New-DcApiToken -Session $away").EnsureNoErrors();

        Assert.Equal((0, 1), (Emulator.Tokens.Count, away.Tokens.Count));
    }

    [Fact]
    public void An_API_key_may_not_create_and_is_told_so()
    {
        Connect(key: Emulator.Tokens.Create().Secret);

        ShellResult result = Run("New-DcApiToken ci");

        Assert.Equal("Forbidden", result.ErrorId);
        Assert.Contains("API keys cannot create or remove tokens", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Emulator.Tokens.Count);
    }

    [Theory]
    [InlineData("-ExpiresIn 0:00")]
    [InlineData("-ExpiresIn '-1.00:00:00'")]
    [InlineData("-ExpiresIn 90")]
    [InlineData("-ExpiresIn 0:00:59")]
    [InlineData("-ExpiresIn soon")]
    [InlineData("-ExpiresIn ([timespan]::MaxValue)")]
    [InlineData("-ExpiresIn 3000000.00:00:00")]
    [InlineData("-ExpiresAt $null")]
    [InlineData("-ExpiresAt $unset")]
    [InlineData("-ExpiresAt someday")]
    [InlineData("-Workspace ''")]
    [InlineData("-Workspace @()")]
    [InlineData("-Workspace $neverSet")]
    [InlineData("-Workspace production, ' '")]
    [InlineData("-Type Robot")]
    [InlineData("-OrganizationRole King")]
    [InlineData("-RoleId admin")]
    [InlineData("-RoleId '../../me'")]
    [InlineData("-Session $null")]
    public void An_argument_that_cannot_be_meant_is_refused_by_name(string argument)
    {
        ErrorRecord error = Run("New-DcApiToken " + argument).Error;

        Assert.Contains(argument.Split(' ')[0][1..], error.ToString(), StringComparison.Ordinal);
        Assert.Contains(error.CategoryInfo.Category, (ErrorCategory[])[ErrorCategory.InvalidArgument, ErrorCategory.InvalidData]);
        if (argument is "-ExpiresAt $null" or "-ExpiresAt $unset" or "-ExpiresIn ([timespan]::MaxValue)" or "-ExpiresIn 3000000.00:00:00")
        {
            Assert.Contains("NeverExpires", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, Emulator.Requests.Count);
    }
}
