namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>Objects with a property for each parameter, such as the lines of a CSV file: all cells are strings there.</summary>
public class NewDcApiTokenPipelineTests : EngineTest
{
    [Fact]
    public void The_lines_of_a_file_become_tokens()
    {
        ShellResult result = Run(
            """
            [pscustomobject]@{ Name = 'a'; ExpiresAt = '2040-01-02T03:04:05Z'; Type = 'Service'; OrganizationRole = 'admin'; RoleId = '9da1ffe7-8f09-47b0-874f-15471b5e6e13'; Workspace = 'production' },
            [pscustomobject]@{ Name = 'b'; ExpiresAt = '2041-01-02T03:04:05+02:00'; Type = 'personal'; OrganizationRole = 'EXTERNAL'; RoleId = ''; Workspace = 'staging' } |
                New-DcApiToken
            """);

        Assert.Equal(["a", "b"], result.EnsureNoErrors().As<CreatedApiToken>().Select(token => token.Name));
        Assert.Equal(
            [
                ("a", DateTimeOffset.Parse("2040-01-02T03:04:05Z", null), false, "ADMIN", "9da1ffe7-8f09-47b0-874f-15471b5e6e13", "production"),
                ("b", DateTimeOffset.Parse("2041-01-02T01:04:05Z", null), true, "EXTERNAL", null, "staging"),
            ],
            Emulator.Tokens.Snapshot().Select(t => (t.Name, t.ExpiresAt!.Value, t.Personal, t.OrganizationRole, t.RoleId, Assert.Single(t.Workspaces))));
    }

    [Theory]
    [InlineData("Name = ''; ExpiresAt = ''; Type = ''; OrganizationRole = ''; RoleId = ''; Workspace = ''", "{}")]
    [InlineData("Name = 'a'; Comment = 'x'; ApiTokenId = 'y'", """{"name":"a"}""")]
    [InlineData("Name = 'a'; NeverExpires = $true", """{"name":"a","expires":false}""")]
    [InlineData("Name = 'a'; ExpiresAt = ''; NeverExpires = 'True'", """{"name":"a","expires":false}""")]
    [InlineData("Name = 'a'; ExpiresAt = ''; NeverExpires = 'true'", """{"name":"a","expires":false}""")]
    [InlineData("Name = 'a'; ExpiresAt = ''; NeverExpires = 'False'", """{"name":"a"}""")]
    [InlineData("Name = 'a'; ExpiresAt = ''; NeverExpires = ''", """{"name":"a"}""")]
    [InlineData("Name = 'a'; ExpiresIn = '30.00:00:00'", """{"name":"a","expires_at":"2030-02-01T03:04:05.000Z"}""")]

    // PowerShell binds no second parameter set: the instant, which is surely an end, counts.
    [InlineData("Name = 'a'; ExpiresAt = '2040-01-01Z'; ExpiresIn = '30.00:00:00'", """{"name":"a","expires_at":"2040-01-01T00:00:00.000Z"}""")]
    [InlineData("Name = 'a'; ExpiresAt = '2040-01-01Z'; NeverExpires = 'True'", """{"name":"a","expires_at":"2040-01-01T00:00:00.000Z"}""")]
    public void Cells_are_sent_and_empty_or_unknown_ones_are_not(string cells, string body)
    {
        Run($"[pscustomobject]@{{ {cells} }} | New-DcApiToken").EnsureNoErrors();

        Assert.Equal(body, Assert.Single(Emulator.Requests.Snapshot()).Body);
    }

    [Fact]
    public void Arguments_hold_for_all_objects()
    {
        Run("'a', 'b' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-DcApiToken -Type Service -ExpiresIn 1:00").EnsureNoErrors();

        Assert.Equal(["a", "b"], Emulator.Tokens.Snapshot().Select(token => token.Name));
        Assert.All(Emulator.Tokens.Snapshot(), token => Assert.True(!token.Personal && token.ExpiresAt is not null));
    }

    [Fact]
    public async Task Listed_tokens_can_be_created_again()
    {
        await using EmulatorServer target = await EmulatorServer.StartAsync();
        Emulator.Tokens.Create(new NewToken { Name = "a", Personal = false, OrganizationRole = "ADMIN", Workspaces = ["production", "staging"] });
        Emulator.Tokens.Create(new NewToken { Name = "b", ExpiresAt = new DateTimeOffset(2040, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567) });
        Shell.Set("target", TestSession.To(target));

        Run("Get-DcApiToken | New-DcApiToken -Session $target").EnsureNoErrors();

        static object Facts(StoredToken t) => (t.Name, t.Personal, t.OrganizationRole, t.ExpiresAt, string.Join(",", t.Workspaces));
        Assert.Equal(Emulator.Tokens.Snapshot().Select(Facts), target.Tokens.Snapshot().Reverse().Select(Facts));
    }

    [Fact]
    public void A_value_of_one_object_does_not_stick_to_the_next()
    {
        Run("[pscustomobject]@{ Name = 'a'; Type = 'Service'; ExpiresAt = '2040-01-01Z' }, [pscustomobject]@{ Name = 'b' } | New-DcApiToken").EnsureNoErrors();

        Assert.Equal("""{"name":"b"}""", Emulator.Requests.Last!.Body);
    }

    // PowerShell itself drops a cell that it cannot convert, and the token would be made without it.
    [Theory]
    [InlineData("ExpiresAt = 'garbage'")]
    [InlineData("ExpiresAt = '31.12.2026'")]
    [InlineData("ExpiresAt = '13/45/2030'")]
    [InlineData("ExpiresAt = '2030-02-30T00:00Z'")]
    [InlineData("ExpiresIn = 'garbage'")]
    [InlineData("NeverExpires = 'maybe'")]
    [InlineData("Type = 'Personel'")]
    [InlineData("OrganizationRole = 'Owner'")]
    public void A_cell_that_cannot_be_read_creates_no_token(string cell)
    {
        ShellResult result = Run($"[pscustomobject]@{{ Name = 'a'; {cell} }}, [pscustomobject]@{{ Name = 'b' }} | New-DcApiToken");

        Assert.Equal("ParameterArgumentTransformationError", result.ErrorId);
        Assert.Contains(cell.Split('\'')[1], result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("b", Assert.Single(Emulator.Tokens.Snapshot()).Name);
    }

    [Fact]
    public void Cells_that_contradict_each_other_create_no_token()
    {
        ShellResult result = Run("[pscustomobject]@{ Name = 'a'; ExpiresIn = '30.00:00:00'; NeverExpires = 'True' }, [pscustomobject]@{ Name = 'b' } | New-DcApiToken");

        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain(Emulator.Tokens.Snapshot(), token => token.Name == "a");
    }

    [Fact]
    public void Text_does_not_bind_by_value()
    {
        Assert.Equal("InputObjectNotBound", Run("'a' | New-DcApiToken").ErrorId);

        Assert.Equal(0, Emulator.Requests.Count);
    }
}
