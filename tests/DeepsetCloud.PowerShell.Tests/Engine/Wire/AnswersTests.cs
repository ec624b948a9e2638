using System.Net;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Both generations of answers, and every form of a timestamp.</summary>
public class AnswersTests
{
    [Theory]
    [InlineData(ApiGeneration.Current)]
    [InlineData(ApiGeneration.Classic)]
    public async Task The_whole_job_is_the_same_on_older_and_newer_servers(ApiGeneration generation)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Generation = generation });
        using var shell = new Shell(emulator, "");

        CreatedApiToken created = Assert.Single(shell.Run("New-DcApiToken ci -ExpiresIn 1:00").EnsureNoErrors().As<CreatedApiToken>());
        ApiToken listed = Assert.Single(shell.Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>());
        shell.Run("Get-DcApiToken | Remove-DcApiToken").EnsureNoErrors();

        bool isCurrent = generation == ApiGeneration.Current;
        Assert.StartsWith("api_", new NetworkCredential("", created.ApiToken).Password, StringComparison.Ordinal);
        Assert.Equal(created.ExpiresAt, listed.ExpiresAt);
        Assert.Equal(isCurrent ? "ci" : null, listed.Name);
        Assert.Equal(isCurrent ? ApiTokenType.Personal : null, listed.Type);
        Assert.Equal(isCurrent ? "MEMBER" : null, listed.OrganizationRole);
        Assert.Equal(isCurrent, listed.CreatedAt is not null);
        Assert.Equal(isCurrent, listed.Workspaces is not null);
        Assert.Equal("Ada Lovelace", listed.User!.ToString());
        Assert.Equal(isCurrent ? 201 : 200, Assert.Single(emulator.Requests.Of("POST")).Status);
        Assert.Equal(isCurrent ? 204 : 200, Assert.Single(emulator.Requests.Of("DELETE")).Status);
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task Fields_that_nobody_documents_can_be_walked()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1);
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("$t = Get-DcApiToken; @($t.AdditionalProperties.Keys); $t.AdditionalProperties.usage.recent_calls");

        Assert.Equal(["usage", 3L, 0.5m], result.EnsureNoErrors().Output.Select(output => output.BaseObject));
    }

    [Theory]
    [InlineData(TimestampStyle.Zulu)]
    [InlineData(TimestampStyle.Offset)]
    [InlineData(TimestampStyle.SevenDigits)]
    [InlineData(TimestampStyle.Mixed)]
    public async Task Timestamps_are_exact_to_the_tick_in_every_form(TimestampStyle style)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TimestampStyle = style });
        var instant = new DateTimeOffset(2040, 1, 2, 3, 4, 5, TimeSpan.Zero);
        foreach (long ticks in (long[])[0, 1, 10, 1234567, 4630000, 9999999])
        {
            emulator.Tokens.Create(new NewToken { ExpiresAt = instant.AddTicks(ticks) });
        }

        using var shell = new Shell(emulator);
        IReadOnlyList<ApiToken> tokens = shell.Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>();

        StoredToken[] stored = [.. emulator.Tokens.Snapshot().Reverse()];
        Assert.Equal(stored.Select(t => t.ExpiresAt!.Value.UtcTicks), tokens.Select(t => t.ExpiresAt!.Value.UtcTicks));
        Assert.Equal(stored.Select(t => t.CreatedAt.UtcTicks), tokens.Select(t => t.CreatedAt!.Value.UtcTicks));
    }

    [Theory]
    [InlineData(200, """{"api_token":"api_x1"}""")]
    [InlineData(201, """{"api_token":"api_x1","api_token_id":"an-id","name":"other","more":{"api_token":"nested"}}""")]
    [InlineData(200, """{"note":null,"list":[{"api_token":"nested"}],"api_token":"api_x1"}""")]
    public async Task A_created_secret_is_found_among_other_members(int status, string body)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Method = "POST", Status = status, Body = body });
        using var shell = new Shell(emulator);

        CreatedApiToken created = Assert.Single(shell.Run("New-DcApiToken").EnsureNoErrors().As<CreatedApiToken>());

        Assert.Equal("api_x1", new NetworkCredential("", created.ApiToken).Password);
        Assert.Equal(body.Contains("an-id", StringComparison.Ordinal) ? "an-id" : null, created.ApiTokenId);
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, "null")]
    [InlineData(200, """{"removed":true,"any":["json",1]}""")]
    [InlineData(200, "\"removed\"")]
    [InlineData(200, "")]
    [InlineData(202, "{}")]
    [InlineData(204, "")]
    public async Task A_removal_succeeds_with_any_JSON_or_none(int status, string body)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Method = "DELETE", Status = status, Body = body });
        using var shell = new Shell(emulator);

        Assert.Equal("a", Assert.Single(shell.Run("Remove-DcApiToken a -PassThru").EnsureNoErrors().As<ApiToken>()).ApiTokenId);
    }

    [Fact]
    public async Task A_page_tells_in_the_words_of_the_SDK_what_it_holds()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(12);
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("Get-DcApiToken -PageNumber 1 -Verbose").EnsureNoErrors();

        Assert.Equal(10, result.Output.Count);
        Assert.Contains("data: 10, has_more: True, total: 12", result.Verbose);
    }
}
