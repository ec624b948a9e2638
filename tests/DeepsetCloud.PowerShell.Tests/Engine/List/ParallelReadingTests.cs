namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Pages are read several at once: twelve, in order, all or none.</summary>
public class ParallelReadingTests
{
    private const int Parallelism = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Twelve_pages_are_under_way_at_once_and_never_more()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(500);
        using Shell shell = Connection.ShellTo(emulator);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        emulator.BeforeRequest = request =>
        {
            if (emulator.Requests.InFlight == Parallelism)
            {
                full.TrySetResult();
            }

            return request.QueryValue("page_number") == "1" ? Task.CompletedTask : full.Task.WaitAsync(Patience);
        };

        ShellResult result = shell.Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.Equal(500, result.Output.Count);
        Assert.Equal(50, emulator.Requests.Count);
        Assert.Equal(Parallelism, emulator.Requests.MaxInFlight);
    }

    [Fact]
    public async Task Pages_that_come_back_in_another_order_are_written_in_order()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(60);
        using Shell shell = Connection.ShellTo(emulator);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        emulator.BeforeRequest = request => request.QueryValue("page_number") == "2" ? last.Task.WaitAsync(Patience) : Task.CompletedTask;
        emulator.AfterRequest = request =>
        {
            if (request.QueryValue("page_number") == "6")
            {
                last.TrySetResult();
            }

            return Task.CompletedTask;
        };

        ShellResult result = shell.Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.True(last.Task.IsCompleted);
        Assert.Equal(emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), result.As<ApiToken>().Select(t => t.ApiTokenId));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_ends_the_others()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(500);
        var allUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        emulator.BeforeRequest = request =>
        {
            if (emulator.Requests.Count == 1 + Parallelism)
            {
                allUnderWay.TrySetResult();
            }

            return request.QueryValue("page_number") == "5" ? allUnderWay.Task.WaitAsync(Patience) : Task.CompletedTask;
        };
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 400, Body = """{"detail":"not this page"}""", When = Is(5) });
        emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Times = Fault.Always, When = request => !Is(1)(request) });
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("Get-DcApiToken -Limit 10");

        Assert.StartsWith("InvalidRequest,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("not this page", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.True(await emulator.Requests.WaitForIdleAsync(Patience));
        Assert.Equal(1 + Parallelism, emulator.Requests.Count);
        Assert.Equal(Parallelism - 1, emulator.Requests.Where(request => request.IsAborted).Count);

        static Func<RecordedRequest, bool> Is(int page) => request => request.QueryValue("page_number") == $"{page}";
    }
}
