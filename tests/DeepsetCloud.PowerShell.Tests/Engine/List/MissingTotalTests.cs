using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Combinations of faults, most of them of a service that gives no total.</summary>
public class MissingTotalTests
{
    public static TheoryData<string, int> RightLists => new()
    {
        { nameof(BentPages.HasMore), 6 },
        { "cap", 18 },
        { "no has_more", 8 },
        { "no has_more, cap", 20 },
        { "both null", 8 },
        { "empty", 1 },
        { "no has_more, empty", 1 },
        { "no has_more, full last page", 4 },
        { "tokens come twice", 6 },
    };

    public static TheoryData<string, int> Contradictions => new()
    {
        { "has_more always", 12 },
        { "has_more always, repeats", 6 },
        { "has_more always, nothing", 3 },
        { "has_more always, nothing after the first", 6 },
        { "no has_more, repeats", 6 },
        { "no has_more, total too small", 9 },
        { "has_more is text", 1 },
        { "total is a fraction", 1 },
        { "total is beyond numbers", 1 },
        { "total is enormous", 1 },
    };

    [Theory]
    [MemberData(nameof(RightLists))]
    public async Task The_list_is_right(string name, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        BentPages pages = Named(name);
        pages.ServeAt(emulator);
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.Equal(Enumerable.Range(0, pages.Count).Select(BentPages.Id), result.As<ApiToken>().Select(t => t.ApiTokenId));
        Assert.Empty(result.Warnings);
        Assert.Equal(requests, emulator.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task The_service_is_found_out(string name, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        Named(name).ServeAt(emulator);
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("Get-DcApiToken -Limit 10");

        Assert.Equal("InvalidResponse,DeepsetCloud.Commands.GetDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Equal(requests, emulator.Requests.Count);
    }

    [Fact]
    public async Task Pages_without_end_and_total_end()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        new BentPages { Count = int.MaxValue }.ServeAt(emulator);
        DcSession session = Connection.To(emulator);
        var lister = new TokenLister(session.Service, new KeptLog()) { MaximumPagesWithoutTotal = 50 };

        DcApiException error = await Assert.ThrowsAsync<DcApiException>(
            () => lister.ListAsync(ListWindow.All(10), null, TestContext.Current.CancellationToken));

        Assert.Equal("InvalidResponse", error.ErrorId);
        Assert.Equal(50, emulator.Requests.Count);
        session.Close();
    }

    [Fact]
    public async Task A_page_that_is_empty_once_is_read_again()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = """{"data":[],"has_more":true}""", Skip = 1 });
        new BentPages().ServeAt(emulator);
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.Equal(25, result.Output.Count);
        Assert.Equal(2 + 3 + 3, emulator.Requests.Count);
    }

    [Fact]
    public async Task A_total_that_nobody_told_is_unknown()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        new BentPages().ServeAt(emulator);
        using Shell shell = Connection.ShellTo(emulator);

        Assert.Equal("Unknown total count", Total("-First 5"));
        Assert.Equal(1, emulator.Requests.Count);
        Assert.Equal("Total count: 25", Total("-First 100"));
        Assert.Equal("Total count: 25", Total("-Skip 1000 -Limit 10"));

        string Total(string window) => shell.Run($"@(Get-DcApiToken {window} -IncludeTotalCount)[0].ToString()").EnsureNoErrors().As<string>()[0];
    }

    private static BentPages Named(string name) => name switch
    {
        nameof(BentPages.HasMore) => new BentPages(),
        "cap" => new BentPages { Cap = 3 },
        "no has_more" => new BentPages { HasMore = null },
        "no has_more, cap" => new BentPages { HasMore = null, Cap = 3 },
        "both null" => new BentPages { HasMore = "null", Total = "null" },
        "empty" => new BentPages { Count = 0 },
        "no has_more, empty" => new BentPages { Count = 0, HasMore = null },
        "no has_more, full last page" => new BentPages { Count = 30, HasMore = null, Total = "30" },
        "has_more always" => new BentPages { HasMore = "true" },
        "has_more always, repeats" => new BentPages { HasMore = "true", Repeats = true },
        "has_more always, nothing" => new BentPages { HasMore = "true", EmptyFrom = 1 },
        "has_more always, nothing after the first" => new BentPages { HasMore = "true", EmptyFrom = 2 },
        "no has_more, repeats" => new BentPages { HasMore = null, Repeats = true },
        "no has_more, total too small" => new BentPages { HasMore = null, Total = "20" },
        "tokens come twice" => new BentPages { Total = "25", Doubled = 1 },
        "has_more is text" => new BentPages { Total = "25", HasMore = "\"true\"" },
        "total is a fraction" => new BentPages { Total = "25.5" },
        "total is beyond numbers" => new BentPages { Total = "1e400" },
        "total is enormous" => new BentPages { Total = "9223372036854775807" },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
