namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Services whose paging is broken for good: the right list or an error, after so many requests and not one more.</summary>
public class FaultyPagingTests
{
    private const int Count = 25;

    [Theory]
    [InlineData(FaultKind.HasMoreAlwaysTrue, 0, 4)]
    [InlineData(FaultKind.HasMoreAbsent, 0, 3)]
    [InlineData(FaultKind.TotalAbsent, 0, 6)]
    [InlineData(FaultKind.SmallerPages, 3, 9)]
    [InlineData(FaultKind.SmallerPages, 1, 25)]
    public async Task The_list_is_right(FaultKind kind, int amount, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        ShellResult result = List(emulator, kind, amount).EnsureNoErrors();

        Assert.Equal(emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), result.As<ApiToken>().Select(t => t.ApiTokenId));
        Assert.Empty(result.Warnings);
        Assert.Equal(requests, emulator.Requests.Count);
    }

    // A reading is repeated twice before the service is said to contradict itself.
    [Theory]
    [InlineData(FaultKind.TotalNegative, 0, 1)]
    [InlineData(FaultKind.TotalAsText, 0, 1)]
    [InlineData(FaultKind.TotalOffBy, 3, 9)]
    [InlineData(FaultKind.TotalOffBy, -3, 9)]
    [InlineData(FaultKind.TotalOffBy, -10, 9)]
    [InlineData(FaultKind.TotalOffBy, -Count, 9)]
    [InlineData(FaultKind.RepeatPage, 0, 12)]
    [InlineData(FaultKind.EndlessPages, 50, 5 + 1_000)]
    [InlineData(FaultKind.EndlessPages, 0, 2 + 1_000)]
    public async Task The_service_is_found_out(FaultKind kind, int amount, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        ShellResult result = List(emulator, kind, amount);

        AssertRefused(result);
        Assert.Equal(requests, emulator.Requests.Count);
    }

    // How many empty pages are under way when the first of them comes back is chance; that no more follow is not.
    [Theory]
    [InlineData(FaultKind.EmptyPageWithHasMore, 0)]
    [InlineData(FaultKind.TotalOffBy, 1_000)]
    [InlineData(FaultKind.TotalOffBy, 1_000_000)]
    public async Task Empty_pages_end_a_reading(FaultKind kind, int amount)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        ShellResult result = List(emulator, kind, amount);

        AssertRefused(result);
        Assert.InRange(emulator.Requests.Count, 3, 3 * (3 + (2 * 8)));
    }

    [Fact]
    public async Task A_total_beyond_belief_costs_one_request()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        ShellResult result = List(emulator, FaultKind.EndlessPages, int.MaxValue);

        AssertRefused(result);
        Assert.Equal(1, emulator.Requests.Count);
    }

    [Fact]
    public async Task A_window_is_at_its_place_although_pages_are_smaller_than_asked()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        ShellResult result = List(emulator, FaultKind.SmallerPages, 5, "-Skip 17 -First 4").EnsureNoErrors();

        Assert.Equal(
            emulator.Tokens.Snapshot().Reverse().Skip(17).Take(4).Select(t => t.ApiTokenId),
            result.As<ApiToken>().Select(t => t.ApiTokenId));
        Assert.Equal(3, emulator.Requests.Count);
    }

    // The service's own size numbers the pages; the asked one may agree with it by chance.
    [Theory]
    [InlineData(300, 50, "-Skip 60", 60, 240)]
    [InlineData(300, 50, "-Skip 95 -First 10", 95, 10)]
    [InlineData(60, 20, "-First 30 -Skip 25", 25, 30)]
    [InlineData(250, 50, "-Skip 200", 200, 50)]
    [InlineData(250, 50, "-Skip 200 -First 7", 200, 7)]
    [InlineData(300, 50, "-Skip 20 -First 10", 20, 10)]
    public async Task Skip_counts_tokens_and_not_pages(int count, int pageSize, string window, int skip, int take)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(count);
        emulator.Faults.Add(new Fault { Kind = FaultKind.SmallerPages, Amount = pageSize, Times = Fault.Always });
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run($"Get-DcApiToken {window}").EnsureNoErrors();

        Assert.Equal(
            emulator.Tokens.Snapshot().Reverse().Skip(skip).Take(take).Select(t => t.ApiTokenId),
            result.As<ApiToken>().Select(t => t.ApiTokenId));
    }

    private static ShellResult List(EmulatorServer emulator, FaultKind kind, int amount, string arguments = "")
    {
        emulator.Tokens.Seed(Count);
        emulator.Faults.Add(new Fault { Kind = kind, Amount = amount, Times = Fault.Always });
        using Shell shell = Connection.ShellTo(emulator);
        return shell.Run($"Get-DcApiToken -Limit 10 {arguments}");
    }

    private static void AssertRefused(ShellResult result)
    {
        Assert.Equal("InvalidResponse,DeepsetCloud.Commands.GetDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }
}
