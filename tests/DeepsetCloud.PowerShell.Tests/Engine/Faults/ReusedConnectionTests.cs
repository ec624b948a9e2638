namespace DeepsetCloud.Tests.Engine.Faults;

/// <summary>
/// Where a kept connection ends without a response, the client's connection pool would send a request without a body again, unseen:
/// nobody could tell the 404 of such a repetition from that of a token which was never there, or count to one.
/// </summary>
public class ReusedConnectionTests : EngineTest
{
    private const string RemoveBoth = "Remove-DcApiToken $ids -ThrottleLimit 1";
    private const string CreateTwo = "'one', 'two' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-DcApiToken";

    public static TheoryData<FaultKind> Kinds =>
        [FaultKind.CloseAfterProcessing, FaultKind.ResetAfterProcessing, FaultKind.CloseAfterRead, FaultKind.ResetAfterRead];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_removal_is_not_repeated_behind_our_back(FaultKind kind)
    {
        await StartAsync(retries: 0);
        Seed(2);

        IReadOnlyList<RecordedRequest> requests = await BreakSecondAsync(kind, "DELETE", RemoveBoth, "ConnectionFailed");

        Assert.All(requests, request =>
        {
            Assert.Equal("", request.Body);
            Assert.False(request.Headers.ContainsKey("Content-Type"));
            Assert.False(request.Headers.ContainsKey("Transfer-Encoding"));
            Assert.Equal("0", request.Headers.GetValueOrDefault("Content-Length", "0"));
        });
    }

    [Theory]
    [InlineData(FaultKind.CloseAfterProcessing)]
    [InlineData(FaultKind.ResetAfterProcessing)]
    public void A_removal_that_was_done_before_the_connection_ended_is_reported_as_done(FaultKind kind)
    {
        Seed(2);
        Emulator.Faults.Add(new Fault { Kind = kind, Method = "DELETE", Skip = 1 });

        ShellResult result = Run(RemoveBoth + " -Verbose").EnsureNoErrors();

        Assert.Equal(["204", "aborted", "404"], Emulator.Requests.Snapshot().Select(request => request.Outcome));
        Assert.Equal(0, Emulator.Tokens.Count);
        Assert.Contains(result.Verbose, line => line.Contains("an earlier attempt of this call had removed it", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_creation_is_not_repeated_at_all(FaultKind kind)
    {
        await BreakSecondAsync(kind, "POST", CreateTwo, "CreationUncertain");

        Assert.Equal(kind is FaultKind.CloseAfterProcessing or FaultKind.ResetAfterProcessing ? 2 : 1, Emulator.Tokens.Count);
    }

    private async Task<IReadOnlyList<RecordedRequest>> BreakSecondAsync(FaultKind kind, string method, string script, string error)
    {
        Emulator.Faults.Add(new Fault { Kind = kind, Method = method, Skip = 1 });

        Assert.Equal(error, Run(script).ErrorId);

        Assert.True(await Emulator.Requests.WaitForIdleAsync(Patience));
        IReadOnlyList<RecordedRequest> requests = Emulator.Requests.Of(method);
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0].ConnectionId, requests[1].ConnectionId);
        return requests;
    }
}
