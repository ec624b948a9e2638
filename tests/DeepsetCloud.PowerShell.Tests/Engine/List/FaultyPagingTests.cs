using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Services whose paging is broken for good: the right list or an error, after so many requests and not one more.</summary>
public class FaultyPagingTests : EngineTest
{
    private static readonly Dictionary<string, (BentPages Pages, int Requests)> RightLists = new()
    {
        ["has_more is always true"] = (new BentPages { HasMore = "true", Total = "25" }, 4),
        ["has_more is missing"] = (new BentPages { HasMore = null, Total = "25" }, 3),
        ["pages of at most three"] = (new BentPages { Cap = 3, Total = "25" }, 9),
        ["pages of one token"] = (new BentPages { Cap = 1, Total = "25" }, 25),
        ["tokens come twice"] = (new BentPages { Total = "25", Doubled = 1 }, 6),
        ["has_more is missing and the last page is full"] = (new BentPages { Count = 30, HasMore = null, Total = "30" }, 4),
        ["total is missing"] = (new BentPages(), 6),
        ["total is missing, pages of at most three"] = (new BentPages { Cap = 3 }, 18),
        ["total is missing, no tokens"] = (new BentPages { Count = 0 }, 1),
        ["total and has_more are missing"] = (new BentPages { HasMore = null }, 8),
        ["total and has_more are null"] = (new BentPages { HasMore = "null", Total = "null" }, 8),
        ["total and has_more are missing, pages of at most three"] = (new BentPages { HasMore = null, Cap = 3 }, 20),
        ["total and has_more are missing, no tokens"] = (new BentPages { Count = 0, HasMore = null }, 1),
    };

    // A reading is repeated twice before the service is said to contradict itself.
    private static readonly Dictionary<string, (BentPages Pages, int Requests)> Contradictions = new()
    {
        ["total is negative"] = (new BentPages { Total = "-1" }, 1),
        ["total is text"] = (new BentPages { Total = "\"25\"" }, 1),
        ["total is a fraction"] = (new BentPages { Total = "25.5" }, 1),
        ["total is beyond numbers"] = (new BentPages { Total = "1e400" }, 1),
        ["total is the largest number"] = (new BentPages { Total = "9223372036854775807" }, 1),
        ["total is larger than a list can be"] = (new BentPages { Count = int.MaxValue, HasMore = "true", Total = "2147483647" }, 1),
        ["has_more is text"] = (new BentPages { Total = "25", HasMore = "\"true\"" }, 1),
        ["total is too large by 3"] = (new BentPages { Total = "28" }, 9),
        ["total is too small by 3"] = (new BentPages { Total = "22" }, 9),
        ["total is too small by a page"] = (new BentPages { Total = "15" }, 9),
        ["total is 0"] = (new BentPages { Total = "0" }, 9),
        ["total is too small, has_more is missing"] = (new BentPages { HasMore = null, Total = "20" }, 9),
        ["every page is the first"] = (new BentPages { Repeats = true, HasMore = "true", Total = "25" }, 12),
        ["pages without end, total is 50"] = (new BentPages { Count = int.MaxValue, HasMore = "true", Total = "50" }, 5 + 1_000),
        ["total is missing, has_more is always true"] = (new BentPages { HasMore = "true" }, 12),
        ["total is missing, every page is the first"] = (new BentPages { HasMore = "true", Repeats = true }, 6),
        ["total is missing, nothing comes and has_more is true"] = (new BentPages { HasMore = "true", EmptyFrom = 1 }, 3),
        ["total is missing, nothing comes after the first page"] = (new BentPages { HasMore = "true", EmptyFrom = 2 }, 6),
        ["total and has_more are missing, every page is the first"] = (new BentPages { HasMore = null, Repeats = true }, 6),
    };

    // How many empty pages are under way when the first of them comes back is chance; that no more follow is not.
    private static readonly Dictionary<string, BentPages> EmptyPages = new()
    {
        ["every page is empty"] = new BentPages { Total = "25", HasMore = "true", EmptyFrom = 1 },
        ["total is too large by a thousand"] = new BentPages { Total = "1025" },
        ["total is too large by a million"] = new BentPages { Total = "1000025" },
    };

    public static TheoryData<string> RightListNames => [.. RightLists.Keys];

    public static TheoryData<string> ContradictionNames => [.. Contradictions.Keys];

    public static TheoryData<string> EmptyPageNames => [.. EmptyPages.Keys];

    [Theory]
    [MemberData(nameof(RightListNames))]
    public void The_list_is_complete_although(string what)
    {
        (BentPages pages, int requests) = RightLists[what];
        pages.ServeAt(Emulator);

        ShellResult result = Run("Get-DcApiToken -Limit 10").EnsureNoErrors();

        Assert.Equal(Enumerable.Range(0, pages.Count).Select(BentPages.Id), result.TokenIds);
        Assert.Empty(result.Warnings);
        Assert.Equal(requests, Emulator.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(ContradictionNames))]
    public void The_listing_is_an_error_because(string what)
    {
        (BentPages pages, int requests) = Contradictions[what];
        pages.ServeAt(Emulator);

        AssertRefused(Run("Get-DcApiToken -Limit 10"));

        Assert.Equal(requests, Emulator.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(EmptyPageNames))]
    public void Empty_pages_end_a_reading_where(string what)
    {
        EmptyPages[what].ServeAt(Emulator);

        AssertRefused(Run("Get-DcApiToken -Limit 10"));

        Assert.InRange(Emulator.Requests.Count, 3, 3 * (3 + (2 * 8)));
    }

    [Fact]
    public async Task Pages_without_end_and_without_a_total_end_at_the_most_that_a_list_may_have()
    {
        new BentPages { Count = int.MaxValue }.ServeAt(Emulator);
        var lister = new TokenLister(Session.Service, new KeptLog()) { MaximumPagesWithoutTotal = 50 };

        DcApiException error = await Assert.ThrowsAsync<DcApiException>(
            () => lister.ListAsync(ListWindow.All(10), null, TestContext.Current.CancellationToken));

        Assert.Equal("InvalidResponse", error.ErrorId);
        Assert.Equal(50, Emulator.Requests.Count);
    }

    [Fact]
    public void A_page_that_is_empty_once_is_read_again()
    {
        new BentPages().ServeAt(Emulator);
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = """{"data":[],"has_more":true}""", Skip = 1 });

        Assert.Equal(25, Run("Get-DcApiToken -Limit 10").EnsureNoErrors().Output.Count);

        Assert.Equal(2 + 3 + 3, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("-First 5", "Unknown total count", 1)]
    [InlineData("-First 100", "Total count: 25", 1)]
    [InlineData("-Skip 1000 -Limit 10", "Total count: 25", 8)]
    public void A_total_that_the_service_does_not_tell_is_unknown_until_the_list_has_been_read(string window, string total, int requests)
    {
        new BentPages().ServeAt(Emulator);

        Assert.Equal(total, Run($"@(Get-DcApiToken {window} -IncludeTotalCount)[0].ToString()").EnsureNoErrors().As<string>()[0]);

        Assert.Equal(requests, Emulator.Requests.Count);
    }

    // The service's own size numbers the pages; the asked one may agree with it by chance.
    [Theory]
    [InlineData(25, 5, "-Limit 10 -Skip 17 -First 4", 17, 4)]
    [InlineData(300, 50, "-Skip 60", 60, 240)]
    [InlineData(300, 50, "-Skip 95 -First 10", 95, 10)]
    [InlineData(60, 20, "-First 30 -Skip 25", 25, 30)]
    [InlineData(250, 50, "-Skip 200", 200, 50)]
    [InlineData(250, 50, "-Skip 200 -First 7", 200, 7)]
    [InlineData(300, 50, "-Skip 20 -First 10", 20, 10)]
    public void Skip_counts_tokens_and_not_pages_although_pages_are_smaller_than_asked(int count, int pageSize, string window, int skip, int take)
    {
        new BentPages { Count = count, Cap = pageSize, Total = $"{count}" }.ServeAt(Emulator);

        Assert.Equal(Enumerable.Range(skip, take).Select(BentPages.Id), Run($"Get-DcApiToken {window}").EnsureNoErrors().TokenIds);
    }

    private static void AssertRefused(ShellResult result)
    {
        Assert.Equal("InvalidResponse", result.ErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }
}
