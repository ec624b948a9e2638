namespace DeepsetCloud.Tests.Engine.Faults;

/// <summary>
/// Where a kept connection ends without an answer, the client's connection pool would send a request without a body again, unseen:
/// nobody could tell the 404 of such a repetition from that of a token which was never there, or count to one.
/// </summary>
public class ReusedConnectionTests
{
    [Theory]
    [InlineData(FaultKind.CloseAfterProcessing)]
    [InlineData(FaultKind.ResetAfterProcessing)]
    [InlineData(FaultKind.CloseAfterRead)]
    [InlineData(FaultKind.ResetAfterRead)]
    public async Task A_removal_is_not_repeated_behind_our_back(FaultKind kind)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync(retries: 0);
        IReadOnlyList<RecordedRequest> requests = await BreakSecondAsync(connected, kind, "DELETE", RemoveBoth(connected), "ConnectionFailed");

        Assert.All(requests, request => Assert.Equal("", request.Body));
        Assert.All(requests, request => Assert.False(request.Headers.ContainsKey("Content-Type")));
        Assert.All(requests, request => Assert.Equal("0", request.Headers.GetValueOrDefault("Content-Length", "0")));
        Assert.All(requests, request => Assert.False(request.Headers.ContainsKey("Transfer-Encoding")));
    }

    [Theory]
    [InlineData(FaultKind.CloseAfterProcessing)]
    [InlineData(FaultKind.ResetAfterProcessing)]
    public async Task A_removal_that_was_done_there_is_reported_as_done(FaultKind kind)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string script = RemoveBoth(connected);
        connected.Emulator.Faults.Add(new Fault { Kind = kind, Method = "DELETE", Skip = 1 });

        ShellResult result = connected.Run(script + " -Verbose").EnsureNoErrors();

        Assert.Equal(["204", "aborted", "404"], connected.Emulator.Requests.Snapshot().Select(request => request.Outcome));
        Assert.Equal(0, connected.Emulator.Tokens.Count);
        Assert.Contains(result.Verbose, line => line.Contains("an earlier attempt of this call had removed it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FaultKind.CloseAfterProcessing)]
    [InlineData(FaultKind.ResetAfterProcessing)]
    [InlineData(FaultKind.CloseAfterRead)]
    [InlineData(FaultKind.ResetAfterRead)]
    public async Task A_creation_is_not_repeated_at_all(FaultKind kind)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();

        await BreakSecondAsync(
            connected,
            kind,
            "POST",
            "'one', 'two' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-DcApiToken -Session $session",
            "CreationUncertain");

        Assert.Equal(kind is FaultKind.CloseAfterProcessing or FaultKind.ResetAfterProcessing ? 2 : 1, connected.Emulator.Tokens.Count);
    }

    private static async Task<IReadOnlyList<RecordedRequest>> BreakSecondAsync(
        ConnectedShell connected, FaultKind kind, string method, string script, string error)
    {
        connected.Emulator.Faults.Add(new Fault { Kind = kind, Method = method, Skip = 1 });

        ShellResult result = connected.Run(script);

        Assert.Equal(error, result.Error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.True(await connected.Emulator.Requests.WaitForIdleAsync(TimeSpan.FromSeconds(30)));
        IReadOnlyList<RecordedRequest> requests = connected.Emulator.Requests.Of(method);
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0].ConnectionId, requests[1].ConnectionId);
        return requests;
    }

    private static string RemoveBoth(ConnectedShell connected)
    {
        connected.Emulator.Tokens.Seed(2);
        connected.Shell.Set("ids", connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToArray());
        return "Remove-DcApiToken $ids -ThrottleLimit 1 -Session $session";
    }
}
