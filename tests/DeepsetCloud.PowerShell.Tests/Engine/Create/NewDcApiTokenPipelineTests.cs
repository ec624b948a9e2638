namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>Objects with a property for each parameter, such as the lines of a CSV file: all cells are strings there.</summary>
public class NewDcApiTokenPipelineTests
{
    [Fact]
    public async Task The_lines_of_a_file_become_tokens()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run(
            """
            [pscustomobject]@{ Name = 'a'; ExpiresAt = '2040-01-02T03:04:05Z'; Type = 'Service'; OrganizationRole = 'admin'; RoleId = '9da1ffe7-8f09-47b0-874f-15471b5e6e13'; Workspace = 'production' },
            [pscustomobject]@{ Name = 'b'; ExpiresAt = '2041-01-02T03:04:05+02:00'; Type = 'personal'; OrganizationRole = 'EXTERNAL'; RoleId = ''; Workspace = 'staging' } |
                New-DcApiToken
            """);

        Assert.Equal(["a", "b"], result.EnsureNoErrors().As<CreatedApiToken>().Select(token => token.Name));
        IReadOnlyList<StoredToken> stored = emulator.Tokens.Snapshot();
        Assert.Equal(["a", "b"], stored.Select(token => token.Name));
        Assert.Equal(
            [DateTimeOffset.Parse("2040-01-02T03:04:05Z", null), DateTimeOffset.Parse("2041-01-02T01:04:05Z", null)],
            stored.Select(token => token.ExpiresAt!.Value));
        Assert.Equal([false, true], stored.Select(token => token.Personal));
        Assert.Equal(["ADMIN", "EXTERNAL"], stored.Select(token => token.OrganizationRole));
        Assert.Equal(["9da1ffe7-8f09-47b0-874f-15471b5e6e13", null], stored.Select(token => token.RoleId));
        Assert.Equal([["production"], ["staging"]], stored.Select(token => token.Workspaces.ToArray()));
    }

    [Fact]
    public async Task An_empty_cell_is_not_given()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run(
            "[pscustomobject]@{ Name = ''; ExpiresAt = ''; Type = ''; OrganizationRole = ''; RoleId = ''; Workspace = '' } | New-DcApiToken").EnsureNoErrors();

        Assert.Equal("{}", Assert.Single(emulator.Requests.Snapshot()).Body);
    }

    [Fact]
    public async Task Columns_that_are_no_parameters_do_no_harm()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("[pscustomobject]@{ Name = 'a'; Comment = 'x'; ApiTokenId = 'y' } | New-DcApiToken").EnsureNoErrors();

        Assert.Equal("""{"name":"a"}""", Assert.Single(emulator.Requests.Snapshot()).Body);
    }

    [Fact]
    public async Task A_column_may_hold_the_time_to_live()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("[pscustomobject]@{ Name = 'a'; ExpiresIn = '30.00:00:00' } | New-DcApiToken").EnsureNoErrors();

        DateTimeOffset expiry = Assert.Single(emulator.Tokens.Snapshot()).ExpiresAt!.Value;
        Assert.InRange(expiry, DateTimeOffset.UtcNow.AddDays(30).AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(30));
        Assert.Equal(0, expiry.Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public async Task An_object_may_say_that_its_token_never_expires()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("[pscustomobject]@{ Name = 'a'; NeverExpires = $true } | New-DcApiToken").EnsureNoErrors();

        Assert.False(Assert.Single(emulator.Tokens.Snapshot()).Expires);
    }

    [Fact]
    public async Task Arguments_hold_for_all_objects()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("'a', 'b' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-DcApiToken -Type Service -ExpiresIn 1:00").EnsureNoErrors();

        Assert.Equal(["a", "b"], emulator.Tokens.Snapshot().Select(token => token.Name));
        Assert.All(emulator.Tokens.Snapshot(), token => Assert.True(!token.Personal && token.ExpiresAt is not null));
    }

    [Fact]
    public async Task Listed_tokens_can_be_created_again()
    {
        await using EmulatorServer source = await EmulatorServer.StartAsync();
        await using EmulatorServer target = await EmulatorServer.StartAsync();
        source.Tokens.Create(new NewToken { Name = "a", Personal = false, OrganizationRole = "ADMIN", Workspaces = ["production", "staging"] });
        source.Tokens.Create(new NewToken { Name = "b", ExpiresAt = new DateTimeOffset(2040, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567) });
        using var shell = new Shell(source);
        shell.Set("target", TestSession.To(target));

        shell.Run("Get-DcApiToken | New-DcApiToken -Session $target").EnsureNoErrors();

        static object Facts(StoredToken t) => (t.Name, t.Personal, t.OrganizationRole, t.ExpiresAt, string.Join(",", t.Workspaces));
        Assert.Equal(source.Tokens.Snapshot().Select(Facts), target.Tokens.Snapshot().Reverse().Select(Facts));
    }

    [Fact]
    public async Task One_bad_line_leaves_the_others_intact()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run(
            """
            [pscustomobject]@{ Name = 'a'; RoleId = '' }, [pscustomobject]@{ Name = 'b'; RoleId = 'no-uuid' }, [pscustomobject]@{ Name = 'c'; RoleId = '' } |
                New-DcApiToken
            """);

        Assert.Equal(["a", "c"], result.As<CreatedApiToken>().Select(token => token.Name));
        Assert.Equal("b", Assert.Single(result.Errors).TargetObject);
        Assert.Equal(2, emulator.Requests.Count);
    }

    [Fact]
    public async Task A_value_of_one_object_does_not_stick_to_the_next()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("[pscustomobject]@{ Name = 'a'; Type = 'Service'; ExpiresAt = '2040-01-01Z' }, [pscustomobject]@{ Name = 'b' } | New-DcApiToken").EnsureNoErrors();

        Assert.Equal("""{"name":"b"}""", emulator.Requests.Last!.Body);
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
    public async Task A_cell_that_cannot_be_read_makes_no_token(string cell)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run($"[pscustomobject]@{{ Name = 'a'; {cell} }}, [pscustomobject]@{{ Name = 'b' }} | New-DcApiToken");

        Assert.StartsWith("ParameterArgumentTransformationError,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(cell.Split('\'')[1], result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("b", Assert.Single(emulator.Tokens.Snapshot()).Name);
    }

    [Theory]
    [InlineData("True", false)]
    [InlineData("true", false)]
    [InlineData("False", null)]
    [InlineData("", null)]
    public async Task A_cell_may_say_that_its_token_never_expires(string cell, bool? expires)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run($"[pscustomobject]@{{ Name = 'a'; ExpiresAt = ''; NeverExpires = '{cell}' }} | New-DcApiToken").EnsureNoErrors();

        Assert.Equal(expires is null ? """{"name":"a"}""" : """{"name":"a","expires":false}""", Assert.Single(emulator.Requests.Snapshot()).Body);
    }

    // PowerShell binds no second parameter set: the instant, which is surely an end, counts.
    [Theory]
    [InlineData("ExpiresIn = '30.00:00:00'")]
    [InlineData("NeverExpires = 'True'")]
    public async Task Beside_an_instant_nothing_else_counts(string cell)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run($"[pscustomobject]@{{ Name = 'a'; ExpiresAt = '2040-01-01Z'; {cell} }} | New-DcApiToken").EnsureNoErrors();

        Assert.Equal(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(emulator.Tokens.Snapshot()).ExpiresAt);
    }

    [Fact]
    public async Task Cells_that_contradict_each_other_make_no_token()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("[pscustomobject]@{ Name = 'a'; ExpiresIn = '30.00:00:00'; NeverExpires = 'True' }, [pscustomobject]@{ Name = 'b' } | New-DcApiToken");

        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain(emulator.Tokens.Snapshot(), token => token.Name == "a");
    }

    [Theory]
    [InlineData("New-DcApiToken e -ExpiresAt $null", "NeverExpires")]
    [InlineData("New-DcApiToken e -ExpiresAt $unset", "NeverExpires")]
    [InlineData("New-DcApiToken e -ExpiresIn ([timespan]::MaxValue)", "NeverExpires")]
    [InlineData("New-DcApiToken e -ExpiresIn 3000000.00:00:00", "NeverExpires")]
    public async Task An_expiry_that_is_none_is_refused(string script, string advice)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run(script);

        System.Management.Automation.ErrorRecord error = result.Terminating ?? result.Error;
        Assert.StartsWith("InvalidRequest,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(advice, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task Text_does_not_bind_by_value()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        Assert.StartsWith("InputObjectNotBound", shell.Run("'a' | New-DcApiToken").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }
}
