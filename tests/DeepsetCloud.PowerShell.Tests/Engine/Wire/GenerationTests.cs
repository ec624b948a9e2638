using System.Net;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Both generations of the service, and every form of a timestamp.</summary>
public class GenerationTests : EngineTest
{
    [Theory]
    [InlineData(ApiGeneration.Current)]
    [InlineData(ApiGeneration.Classic)]
    public async Task The_whole_job_is_the_same_on_older_and_newer_servers(ApiGeneration generation)
    {
        await StartAsync(new EmulatorOptions { Generation = generation });

        CreatedApiToken created = Assert.Single(Run("New-DcApiToken ci -ExpiresIn 1:00").EnsureNoErrors().As<CreatedApiToken>());
        ApiToken listed = Assert.Single(Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>());
        Run("Get-DcApiToken | Remove-DcApiToken").EnsureNoErrors();

        bool isCurrent = generation == ApiGeneration.Current;
        Assert.StartsWith("api_", new NetworkCredential("", created.ApiToken).Password, StringComparison.Ordinal);
        Assert.Equal(created.ExpiresAt, listed.ExpiresAt);
        Assert.Equal(isCurrent ? "ci" : null, listed.Name);
        Assert.Equal(isCurrent ? ApiTokenType.Personal : null, listed.Type);
        Assert.Equal(isCurrent ? "MEMBER" : null, listed.OrganizationRole);
        Assert.Equal(isCurrent, listed.CreatedAt is not null);
        Assert.Equal(isCurrent, listed.Workspaces is not null);
        Assert.Equal("Ada Lovelace", listed.User!.ToString());
        Assert.Equal(isCurrent ? 201 : 200, Assert.Single(Emulator.Requests.Of("POST")).Status);
        Assert.Equal(isCurrent ? 204 : 200, Assert.Single(Emulator.Requests.Of("DELETE")).Status);
        Assert.Equal(0, Emulator.Tokens.Count);
    }

    [Fact]
    public void Fields_that_nobody_documents_can_be_walked()
    {
        Seed(1);

        ShellResult result = Run("$t = Get-DcApiToken; @($t.AdditionalProperties.Keys); $t.AdditionalProperties.usage.recent_calls");

        Assert.Equal(["usage", 3L, 0.5m], result.EnsureNoErrors().Output.Select(output => output.BaseObject));
    }

    [Theory]
    [InlineData(TimestampStyle.Zulu)]
    [InlineData(TimestampStyle.Offset)]
    [InlineData(TimestampStyle.SevenDigits)]
    [InlineData(TimestampStyle.Mixed)]
    public async Task Timestamps_are_exact_to_the_tick_in_every_form(TimestampStyle style)
    {
        await StartAsync(new EmulatorOptions { TimestampStyle = style });
        var instant = new DateTimeOffset(2040, 1, 2, 3, 4, 5, TimeSpan.Zero);
        foreach (long ticks in (long[])[0, 1, 10, 1234567, 4630000, 9999999])
        {
            Emulator.Tokens.Create(new NewToken { ExpiresAt = instant.AddTicks(ticks) });
        }

        IReadOnlyList<ApiToken> tokens = Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>();

        StoredToken[] stored = [.. Emulator.Tokens.Snapshot().Reverse()];
        Assert.Equal(stored.Select(t => t.ExpiresAt!.Value.UtcTicks), tokens.Select(t => t.ExpiresAt!.Value.UtcTicks));
        Assert.Equal(stored.Select(t => t.CreatedAt.UtcTicks), tokens.Select(t => t.CreatedAt!.Value.UtcTicks));
    }

    [Theory]
    [InlineData("""{"api_token":"api_x1"}""", null)]
    [InlineData("""{"api_token":"api_x1","api_token_id":"an-id","name":"other"}""", "an-id")]
    public void A_created_token_has_an_id_where_the_service_sends_one(string body, string? id)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Method = "POST", Body = body });

        CreatedApiToken created = Assert.Single(Run("New-DcApiToken").EnsureNoErrors().As<CreatedApiToken>());

        Assert.Equal(("api_x1", id), (new NetworkCredential("", created.ApiToken).Password, created.ApiTokenId));
    }

    [Fact]
    public void A_verbose_line_tells_what_a_page_holds_in_the_words_of_the_SDK()
    {
        Seed(12);

        ShellResult result = Run("Get-DcApiToken -PageNumber 1 -Verbose").EnsureNoErrors();

        Assert.Equal(10, result.Output.Count);
        Assert.Contains("data: 10, has_more: True, total: 12", result.Verbose);
    }
}
