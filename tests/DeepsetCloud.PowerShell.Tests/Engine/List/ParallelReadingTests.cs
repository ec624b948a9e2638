namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Pages are read several at once: twelve, in order, all or none.</summary>
public class ParallelReadingTests : EngineTest
{
    private const int Parallelism = 12;

    [Fact]
    public async Task Twelve_pages_are_under_way_at_once_and_never_more()
    {
        // The first are held until as many have come as may; then each takes its time, so that one too many would meet them.
        await StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(10) });
        Emulator.Tokens.Seed(500);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Emulator.BeforeRequest = request =>
        {
            if (Emulator.Requests.InFlight == Parallelism)
            {
                full.TrySetResult();
            }

            return request.QueryValue("page_number") == "1" ? Task.CompletedTask : full.Task.WaitAsync(Patience);
        };

        ShellResult result = Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.Equal(500, result.Output.Count);
        Assert.Equal(50, Emulator.Requests.Count);
        Assert.Equal(Parallelism, Emulator.Requests.MaxInFlight);
    }

    [Fact]
    public void Pages_that_come_back_in_another_order_are_written_in_order()
    {
        Emulator.Tokens.Seed(60);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Emulator.BeforeRequest = request => request.QueryValue("page_number") == "2" ? last.Task.WaitAsync(Patience) : Task.CompletedTask;
        Emulator.AfterRequest = request =>
        {
            if (request.QueryValue("page_number") == "6")
            {
                last.TrySetResult();
            }

            return Task.CompletedTask;
        };

        ShellResult result = Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.True(last.Task.IsCompleted);
        Assert.Equal(Emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), result.As<ApiToken>().Select(t => t.ApiTokenId));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_ends_the_others()
    {
        Emulator.Tokens.Seed(500);
        var allUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Emulator.BeforeRequest = request =>
        {
            if (Emulator.Requests.Count == 1 + Parallelism)
            {
                allUnderWay.TrySetResult();
            }

            return request.QueryValue("page_number") == "5" ? allUnderWay.Task.WaitAsync(Patience) : Task.CompletedTask;
        };
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 400, Body = """{"detail":"not this page"}""", When = Is(5) });
        Emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Times = Fault.Always, When = request => !Is(1)(request) });

        ShellResult result = Run("Get-DcApiToken -Limit 10");

        Assert.StartsWith("InvalidRequest,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("not this page", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.True(await Emulator.Requests.WaitForIdleAsync(Patience));
        Assert.Equal(1 + Parallelism, Emulator.Requests.Count);
        Assert.Equal(Parallelism - 1, Emulator.Requests.Where(request => request.IsAborted).Count);

        static Func<RecordedRequest, bool> Is(int page) => request => request.QueryValue("page_number") == $"{page}";
    }
}
