namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>Removal is idempotent for the user: what is left, how many requests it took, and what the user gets, wherever the call breaks.</summary>
public class RemoveBreakPointTests : EngineTest
{
    private const int Once = 1;
    private const int Always = Fault.Always;
    private const string Removed = "removed";
    private const string Page = "<html><head><title>default backend - 404</title></head></html>";

    [Theory]
    [InlineData("none", Once, 0, 1, Removed)]

    // The connection.
    [InlineData("connection refused", Always, 1, 0, "ConnectionFailed")]
    [InlineData("name not found", Always, 1, 0, "ConnectionFailed")]
    [InlineData("untrusted certificate", Always, 1, 0, "ConnectionFailed")]
    [InlineData("reset on accept", Once, 0, 1, Removed)]
    [InlineData("reset on accept", Always, 1, 0, "ConnectionFailed")]
    [InlineData("reset before read", Once, 0, 1, Removed)]
    [InlineData("reset before read", Always, 1, 0, "ConnectionFailed")]
    [InlineData("reset after read", Once, 0, 2, Removed)]
    [InlineData("reset after read", Always, 1, 5, "ConnectionFailed")]
    [InlineData("closed after read", Once, 0, 2, Removed)]
    [InlineData("closed after read", Always, 1, 5, "ConnectionFailed")]
    [InlineData("hang before processing", Once, 0, 2, Removed)]
    [InlineData("hang before processing", Always, 1, 5, "RequestTimeout")]

    // Done, but the response was lost: the 404 of the next attempt is our own doing.
    [InlineData("reset after processing", Once, 0, 2, Removed)]
    [InlineData("reset after processing", Always, 0, 5, "ConnectionFailed")]
    [InlineData("closed after processing", Once, 0, 2, Removed)]
    [InlineData("hang after processing", Once, 0, 2, Removed)]
    [InlineData("response cut off", Once, 0, 2, Removed)]
    [InlineData("response of JSON cut off", Once, 0, 2, Removed)]
    [InlineData("500 after processing", Once, 0, 2, Removed)]
    [InlineData("502 after processing", Once, 0, 2, Removed)]
    [InlineData("504 after processing", Once, 0, 2, Removed)]

    // Put off.
    [InlineData("429", Once, 0, 2, Removed)]
    [InlineData("429", Always, 1, 5, "RateLimited")]
    [InlineData("429 come back in 3", Once, 0, 2, Removed)]
    [InlineData("429 come back in 121", Once, 1, 1, "RateLimited")]
    [InlineData("503", Once, 0, 2, Removed)]
    [InlineData("503", Always, 1, 5, "ServiceUnavailable")]
    [InlineData("503 come back in 3", Once, 0, 2, Removed)]
    [InlineData("503 come back in 121", Once, 1, 1, "ServiceUnavailable")]

    // Failed.
    [InlineData("408", Once, 0, 2, Removed)]
    [InlineData("408", Always, 1, 5, "RequestTimeout")]
    [InlineData("500", Once, 0, 2, Removed)]
    [InlineData("500", Always, 1, 5, "ServiceUnavailable")]
    [InlineData("502", Once, 0, 2, Removed)]
    [InlineData("504", Once, 0, 2, Removed)]
    [InlineData("501", Once, 1, 1, "ServiceUnavailable")]
    [InlineData("591", Once, 1, 1, "ServiceUnavailable")]

    // A response that is not the service's.
    [InlineData("redirect", Once, 1, 1, "InvalidResponse")]
    [InlineData("HTML with 200", Once, 1, 1, "InvalidResponse")]
    [InlineData("damaged gzip", Once, 1, 1, "InvalidResponse")]

    // Refused.
    [InlineData("400", Once, 1, 1, "InvalidRequest")]
    [InlineData("401", Once, 1, 1, "Unauthorized")]
    [InlineData("an API key's session", Once, 1, 1, "Forbidden")]
    [InlineData("404", Once, 1, 1, "ApiTokenNotFound")]
    [InlineData("409", Once, 1, 1, "Conflict")]
    [InlineData("422", Once, 1, 1, "InvalidRequest")]
    public async Task A_token_is_removed_or_the_user_is_told(string breakPoint, int times, int tokens, int requests, string outcome)
    {
        using var point = new BreakPoint(breakPoint);
        await StartAsync(point, "DELETE", times);
        string id = Seed(1)[0];
        int others = 0;
        if (breakPoint == "an API key's session")
        {
            Connect(key: Emulator.Tokens.Create().Secret);
            others = 1;
        }

        ShellResult result = await RunAsync(point, $"Remove-DcApiToken {id} -PassThru");

        Assert.Equal(tokens, Emulator.Tokens.Count - others);
        Assert.Equal(requests, Emulator.Requests.Count);
        if (outcome == Removed)
        {
            Assert.Equal([id], result.EnsureNoErrors().TokenIds);
            return;
        }

        Assert.Empty(result.Output);
        Assert.Equal(outcome, result.ErrorId);
        Assert.Equal(id, result.Error.TargetObject);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("429 come back in 3")]
    public async Task A_missing_token_is_not_found_after_a_retry_that_cannot_have_removed_it(string breakPoint)
    {
        using var point = new BreakPoint(breakPoint);
        await StartAsync(point, "DELETE", times: 1);

        Assert.Equal("ApiTokenNotFound", Run($"Remove-DcApiToken {Guid.NewGuid()}").ErrorId);
    }

    [Fact]
    public async Task A_missing_token_is_not_found_after_a_refused_connection()
    {
        using var closed = new ClosedPort();
        await StartAsync(address: closed.Address);
        Clock.HoldWaits = true;
        using RunningScript running = Shell.Begin($"Remove-DcApiToken {Guid.NewGuid()}");
        await Eventually.TrueAsync(() => Clock.Waiting == 1);

        closed.Dispose();
        await using EmulatorServer late = await EmulatorServer.StartAsync(new EmulatorOptions { Port = closed.Number });
        Clock.LetGo();

        Assert.Equal("ApiTokenNotFound", running.End().ErrorId);
    }

    // A proxy that lost its way to the service knows nothing of tokens, and a removal before it may have been done or not.
    [Theory]
    [InlineData(Page, "text/html; charset=utf-8", 0)]
    [InlineData(Page, "text/html", 1)]
    [InlineData("default backend - 404", "text/plain", 1)]
    [InlineData("", null, 1)]
    public void A_404_that_is_not_of_the_service_proves_nothing(string body, string? contentType, int earlierAttempts)
    {
        Seed(1);
        Refuse(503, "DELETE", times: earlierAttempts);
        Refuse(404, "DELETE", body: body, contentType: contentType);

        ShellResult result = Run("Remove-DcApiToken $ids -PassThru");

        Assert.Empty(result.Output);
        Assert.Equal("InvalidResponse", result.ErrorId);
        Assert.Contains("is not known", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Emulator.Tokens.Count);
    }

    [Theory]
    [InlineData("Get-DcApiToken -Workspace nowhere", "InvalidRequest")]
    [InlineData("Get-DcApiToken -PageNumber 1", "InvalidResponse")]
    public void A_404_of_another_request_never_counts_as_success(string script, string id)
    {
        Refuse(500);
        Refuse(404);

        ShellResult result = Run(script);

        Assert.Equal(id, result.ErrorId);
        Assert.Contains("after 2 attempts", result.Error.ToString(), StringComparison.Ordinal);
    }
}
