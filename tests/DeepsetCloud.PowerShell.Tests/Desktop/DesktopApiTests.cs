namespace DeepsetCloud.Tests.Desktop;

/// <summary>The Api at work on .NET Framework, with the payload that is shipped.</summary>
public class DesktopApiTests(DesktopProcess desktop) : IClassFixture<DesktopProcess>
{
    [Fact]
    public async Task A_list_is_complete_and_read_over_more_than_two_connections()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Tokens.Seed(1450);
        var twelve = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        emulator.BeforeRequest = request =>
        {
            if (emulator.Requests.InFlight == 12)
            {
                twelve.TrySetResult();
            }

            return request.QueryValue("page_number") == "1" ? Task.CompletedTask : Eventually.DoneAsync(twelve.Task);
        };

        string[] answer = await AskAsync("list", emulator);

        Assert.Equal(["listed", "1450", "0"], answer[..3]);
        Assert.Equal(emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), answer[3].Split(','));
        Assert.Equal(12, emulator.Requests.MaxInFlight);
    }

    [Theory]
    [InlineData(FaultKind.Gzip)]
    [InlineData(FaultKind.SlowBytes)]
    public async Task A_list_may_come_compressed_or_in_small_pieces(FaultKind kind)
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Tokens.Seed(30);
        Fault fault = emulator.Faults.Add(kind);

        string[] answer = await AskAsync("list", emulator);

        Assert.Equal(1, fault.Applied);
        Assert.Equal(emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), answer[3].Split(','));
    }

    [Fact]
    public async Task A_token_is_created_once_its_secret_works_and_its_fields_are_read()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();

        string[] answer = await AskAsync("create", emulator, "Grün & 日本", "2030-05-06T07:08:09Z");

        RecordedRequest request = Assert.Single(emulator.Requests.Of("POST"));
        Assert.Equal("created", answer[0]);
        Assert.Equal("Grün & 日本", Assert.Single(emulator.Tokens.Snapshot()).Name);
        string[] first = await desktop.AskAsync("first", emulator.BaseAddress.ToString(), answer[1]);
        StoredToken token = emulator.Tokens.Snapshot()[0];
        Assert.Equal(["first", token.ApiTokenId, token.Name!, "Ada Lovelace", "Service"], first[..5]);
        Assert.Equal(token.ExpiresAt, DateTimeOffset.Parse(first[5], null));
        Assert.Equal(token.CreatedAt, DateTimeOffset.Parse(first[6], null));
        Assert.Contains("\"expires_at\":\"2030-05-06T07:08:09.000Z\"", request.Body, StringComparison.Ordinal);
        Assert.Contains("\"workspaces\":[\"default\"]", request.Body, StringComparison.Ordinal);
        Assert.StartsWith("DeepsetCloud.PowerShell/", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.ResetAfterProcessing)]
    [InlineData(FaultKind.CloseAfterProcessing)]
    [InlineData(FaultKind.CutBody)]
    public async Task A_creation_whose_answer_is_lost_is_not_sent_again(FaultKind kind)
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Tokens.Seed(1);
        emulator.Faults.Add(kind, "POST");

        // On a connection that has been used before: that is where a client may repeat behind one's back.
        await AskAsync("first", emulator);
        string[] answer = await AskAsync("create", emulator, "name", "2030-05-06T07:08:09Z");

        Assert.Equal(["error", "CreationUncertain"], answer[..2]);
        RecordedRequest request = Assert.Single(emulator.Requests.Of("POST"));
        Assert.Equal(emulator.Requests.Snapshot()[0].ConnectionId, request.ConnectionId);
        Assert.Equal(2, emulator.Tokens.Count);
    }

    [Fact]
    public async Task A_token_is_removed_also_when_the_answer_is_lost()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Tokens.Seed(2);
        string[] ids = [.. emulator.Tokens.Snapshot().Select(t => t.ApiTokenId)];
        emulator.Faults.Add(new Fault { Kind = FaultKind.ResetAfterProcessing, Method = "DELETE", Skip = 1 });

        Assert.Equal(["removed", "0"], await AskAsync("remove", emulator, ids[0]));
        Assert.Equal(["removed", "1"], await AskAsync("remove", emulator, ids[1]));

        Assert.Equal(0, emulator.Tokens.Count);
        Assert.Equal(3, emulator.Requests.CountOf("DELETE"));
    }

    [Fact]
    public async Task A_service_that_fails_for_a_moment_is_asked_again()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Tokens.Seed(3);

        // The cut response first, on a new connection: on one that was used before, the framework may repeat a request by itself.
        emulator.Faults.Add(FaultKind.CutBody);
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 502, Times = 2 });

        string[] answer = await AskAsync("list", emulator);

        Assert.Equal(4, emulator.Requests.Count);
        Assert.Equal(["listed", "3", "3"], answer[..3]);
    }

    [Fact]
    public async Task Refusals_say_what_the_service_says()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        await using EmulatorServer other = await DesktopProcess.StartEmulatorAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 422, Body = """{"detail":[{"loc":["query","limit"],"msg":"too many"}]}""" });
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = "<html>Sign in</html>", ContentType = "text/html" });

        Assert.Equal(["error", "InvalidRequest", "422"], (await AskAsync("list", emulator))[..3]);
        Assert.Equal(["error", "InvalidResponse", "200"], (await AskAsync("list", emulator))[..3]);
        Assert.Equal(["error", "ApiTokenNotFound", "404"], (await AskAsync("remove", emulator, Guid.NewGuid().ToString()))[..3]);
        Assert.Equal(["error", "Unauthorized", "401"], (await desktop.AskAsync("list", other.BaseAddress.ToString(), "wrong"))[..3]);
    }

    [Theory]
    [InlineData(FaultKind.HangBeforeProcessing)]
    [InlineData(FaultKind.HangAfterProcessing)]
    public async Task A_request_in_flight_ends_when_it_is_cancelled(FaultKind kind)
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Faults.Add(kind);

        await desktop.AskAsync("register");
        await desktop.SendAsync("list", emulator.BaseAddress.ToString(), emulator.DefaultUser.Token);
        await Eventually.TrueAsync(() => emulator.Requests.Count == 1);
        await desktop.SendAsync("cancel");

        Assert.Equal(["canceled"], await desktop.AnswerAsync());
    }

    [Fact]
    public async Task A_refused_certificate_is_no_reason_to_try_again()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync(new EmulatorOptions { UseHttps = true });

        string[] answer = await AskAsync("list", emulator);

        Assert.Equal(["error", "ConnectionFailed"], answer[..2]);
        Assert.Equal(1, emulator.Connections.Accepted);
        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task Closing_closes_the_connections()
    {
        await using EmulatorServer emulator = await DesktopProcess.StartEmulatorAsync();
        emulator.Tokens.Seed(1);
        await AskAsync("list", emulator);

        await AskAsync("close", emulator);

        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(["error", "SessionRequired"], (await AskAsync("list", emulator))[..2]);
    }

    private async Task<string[]> AskAsync(string command, EmulatorServer emulator, params string[] more)
    {
        // The process is shared, and the module listens from the first command on: to say so again does no harm.
        await desktop.AskAsync("register");
        return await desktop.AskAsync([command, emulator.BaseAddress.ToString(), emulator.DefaultUser.Token, .. more]);
    }
}
