namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>Creation is sent once: what is left at the service, and what the user gets, wherever the call breaks.</summary>
public class CreateBreakPointTests : EngineTest
{
    private const int Once = 1;
    private const int Always = Fault.Always;
    private const string Created = "created";

    [Theory]
    [InlineData("none", Once, 1, 1, Created)]

    // Surely never sent: tried again, and nothing is left behind.
    [InlineData("connection refused", Always, 0, 0, "ConnectionFailed")]
    [InlineData("name not found", Always, 0, 0, "ConnectionFailed")]
    [InlineData("untrusted certificate", Always, 0, 0, "ConnectionFailed")]

    // Sent, and no response: never again, whether the service knows of it or not.
    [InlineData("reset before read", Once, 0, 0, "CreationUncertain")]
    [InlineData("reset after read", Once, 0, 1, "CreationUncertain")]
    [InlineData("reset after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("closed after read", Once, 0, 1, "CreationUncertain")]
    [InlineData("closed after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("hang before processing", Once, 0, 1, "CreationUncertain")]
    [InlineData("hang after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("response cut off", Once, 1, 1, "CreationUncertain")]

    // Put off by the service, in so many words: it has done nothing, so that asking again is safe.
    [InlineData("429", Once, 1, 2, Created)]
    [InlineData("429", Always, 0, 5, "RateLimited")]
    [InlineData("429 come back in 3", Once, 1, 2, Created)]
    [InlineData("429 come back in 3", Always, 0, 5, "RateLimited")]
    [InlineData("429 come back in 121", Once, 0, 1, "RateLimited")]

    // Somebody said something after the request had been sent, and it proves nothing: a gateway may have passed it on before.
    [InlineData("503", Once, 0, 1, "CreationUncertain")]
    [InlineData("503 come back in 3", Once, 0, 1, "CreationUncertain")]
    [InlineData("503 come back in 3 after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("503 of a gateway", Once, 0, 1, "CreationUncertain")]
    [InlineData("408", Once, 0, 1, "CreationUncertain")]
    [InlineData("408 after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("429 of a gateway", Once, 0, 1, "CreationUncertain")]
    [InlineData("429 of a gateway after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("404 of a gateway", Once, 0, 1, "CreationUncertain")]
    [InlineData("403 of a gateway after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("522 of a gateway", Once, 0, 1, "CreationUncertain")]

    // Failed while it was at work.
    [InlineData("500", Once, 0, 1, "CreationUncertain")]
    [InlineData("500 after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("500 come back in 3", Once, 0, 1, "CreationUncertain")]
    [InlineData("502", Once, 0, 1, "CreationUncertain")]
    [InlineData("502 after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("504", Once, 0, 1, "CreationUncertain")]
    [InlineData("504 after processing", Once, 1, 1, "CreationUncertain")]
    [InlineData("591", Once, 0, 1, "CreationUncertain")]

    // A response of success without the secret.
    [InlineData("HTML with 200", Once, 0, 1, "CreationUncertain")]
    [InlineData("JSON without a secret", Once, 0, 1, "CreationUncertain")]
    [InlineData("damaged gzip", Once, 0, 1, "CreationUncertain")]
    [InlineData("204", Once, 0, 1, "CreationUncertain")]

    // Refused.
    [InlineData("redirect", Once, 0, 1, "InvalidResponse")]
    [InlineData("400", Once, 0, 1, "InvalidRequest")]
    [InlineData("401", Once, 0, 1, "Unauthorized")]
    [InlineData("an API key's session", Once, 0, 1, "Forbidden")]
    [InlineData("404", Once, 0, 1, "InvalidResponse")]
    [InlineData("409", Once, 0, 1, "Conflict")]
    [InlineData("422", Once, 0, 1, "InvalidRequest")]
    public async Task One_call_creates_one_token_at_the_most(string breakPoint, int times, int tokens, int requests, string outcome)
    {
        using var point = new BreakPoint(breakPoint);
        await StartAsync(point, "POST", times);
        int before = 0;
        if (breakPoint == "an API key's session")
        {
            Connect(key: Emulator.Tokens.Create().Secret);
            before = 1;
        }

        ShellResult result = await RunAsync(point, "New-DcApiToken 'ci'");

        Assert.Equal(tokens, Emulator.Tokens.Count - before);
        Assert.Equal(requests, Emulator.Requests.Count);
        if (outcome == Created)
        {
            AssertWorks(Assert.Single(result.EnsureNoErrors().As<CreatedApiToken>()));
            return;
        }

        Assert.Empty(result.Output);
        Assert.Equal(outcome, result.ErrorId);
        Assert.Equal("ci", result.Error.TargetObject);
        if (outcome == "CreationUncertain")
        {
            Assert.Contains("The token may exist", result.Error.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Look for the token with Get-DcApiToken", result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("connection refused", 4)]
    [InlineData("name not found", 4)]
    [InlineData("untrusted certificate", 0)]
    [InlineData("reset before read", 0)]
    [InlineData("hang after processing", 0)]
    [InlineData("503", 0)]
    [InlineData("503 come back in 3", 0)]
    [InlineData("429", 4)]
    [InlineData("429 of a gateway", 0)]
    public async Task It_is_sent_again_only_where_the_service_has_surely_done_nothing(string breakPoint, int retries)
    {
        using var point = new BreakPoint(breakPoint);
        await StartAsync(point, "POST", Always);

        await RunAsync(point, "New-DcApiToken 'ci'");

        Assert.Equal(retries, Clock.Waits.Count);
    }

    [Fact]
    public async Task A_service_that_comes_up_while_its_connections_are_refused_creates_one_token()
    {
        using var closed = new ClosedPort();
        await StartAsync(address: closed.Address);
        Clock.HoldWaits = true;
        using RunningScript running = Shell.Begin("New-DcApiToken 'ci'");
        await Eventually.TrueAsync(() => Clock.Waiting == 1);

        closed.Dispose();
        await using EmulatorServer late = await EmulatorServer.StartAsync(new EmulatorOptions { Port = closed.Number });
        Clock.LetGo();

        Assert.Single(running.End().EnsureNoErrors().As<CreatedApiToken>());
        Assert.Equal(1, late.Tokens.Count);
        Assert.Equal(1, late.Requests.Count);
    }

    // How far the client has come by then is chance: it may surely have sent nothing, and then it tries again.
    [Fact]
    public async Task A_connection_that_is_reset_while_it_is_made_leaves_no_doubt_unsaid()
    {
        using var point = new BreakPoint("reset on accept");
        await StartAsync(point, "POST", Once);

        ShellResult result = await RunAsync(point, "New-DcApiToken 'ci'");

        Assert.Equal(result.Output.Count, Emulator.Tokens.Count);
        Assert.True(result.Output.Count == 1 ? result.Errors.Count == 0 : result.ErrorId == "CreationUncertain");
    }
}
