namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>Removal is idempotent for the user: what is left, how often it was asked, and what the user gets, wherever the call breaks.</summary>
public class RemoveBreakPointTests
{
    private const int Once = 1;
    private const int Always = Fault.Always;
    private const string Removed = "removed";

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

    // Done, but the answer was lost: the 404 of the next attempt is our own doing.
    [InlineData("reset after processing", Once, 0, 2, Removed)]
    [InlineData("reset after processing", Always, 0, 5, "ConnectionFailed")]
    [InlineData("closed after processing", Once, 0, 2, Removed)]
    [InlineData("hang after processing", Once, 0, 2, Removed)]
    [InlineData("answer cut off", Once, 0, 2, Removed)]
    [InlineData("answer of JSON cut off", Once, 0, 2, Removed)]
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

    // An answer that is not the service's.
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
        await using ConnectedShell connected = await ConnectedShell.StartAsync(point.Options, address: point.Address);
        connected.Emulator.Tokens.Seed(1);
        string id = connected.Emulator.Tokens.Snapshot()[0].ApiTokenId;
        int others = 0;
        if (breakPoint == "an API key's session")
        {
            connected.Connect("session", connected.Emulator.BaseAddress, key: connected.Emulator.Tokens.Create().Secret);
            others = 1;
        }

        point.Arm(connected.Emulator, "DELETE", times);
        ShellResult result = await point.RunAsync(connected, $"Remove-DcApiToken {id} -PassThru -Session $session");

        Assert.Equal(tokens, connected.Emulator.Tokens.Count - others);
        Assert.Equal(requests, connected.Emulator.Requests.Count);
        if (outcome == Removed)
        {
            Assert.Equal(id, Assert.Single(result.EnsureNoErrors().As<ApiToken>()).ApiTokenId);
            return;
        }

        Assert.Empty(result.Output);
        Assert.Equal($"{outcome},DeepsetCloud.Commands.RemoveDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(id, result.Error.TargetObject);
    }

    [Theory]
    [InlineData("connection refused")]
    [InlineData("429")]
    [InlineData("429 come back in 3")]
    public async Task A_token_that_is_missing_is_not_found_where_no_earlier_attempt_can_have_removed_it(string breakPoint)
    {
        using var point = new BreakPoint(breakPoint);
        await using ConnectedShell connected = await ConnectedShell.StartAsync(address: point.Address);
        point.Arm(connected.Emulator, "DELETE", 1);
        string script = $"Remove-DcApiToken {Guid.NewGuid()} -Session $session";

        if (point.Address is null)
        {
            Assert.Equal("ApiTokenNotFound", Id(connected.Run(script)));
            return;
        }

        connected.Clock.HoldWaits = true;
        using RunningScript running = connected.Shell.Begin(script);
        await Eventually.TrueAsync(() => connected.Clock.Waiting == 1);
        point.Dispose();
        await using EmulatorServer late = await EmulatorServer.StartAsync(new EmulatorOptions { Port = point.Address.Port });
        connected.Clock.LetGo();
        Assert.Equal("ApiTokenNotFound", Id(running.End()));
    }

    [Theory]
    [InlineData("GET", "Get-DcApiToken -Workspace nowhere -Session $session", "InvalidRequest")]
    [InlineData("GET", "Get-DcApiToken -PageNumber 1 -Session $session", "InvalidResponse")]
    public async Task A_404_of_another_request_never_counts_as_success(string method, string script, string id)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 500, Method = method });
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 404, Method = method });

        ShellResult result = connected.Run(script);

        Assert.Equal(id, Id(result));
        Assert.Contains("after 2 attempts", result.Error.ToString(), StringComparison.Ordinal);
    }

    private static string Id(ShellResult result) => result.Error.FullyQualifiedErrorId.Split(',')[0];
}
