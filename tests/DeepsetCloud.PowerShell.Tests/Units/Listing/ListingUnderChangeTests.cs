using System.Collections.Concurrent;
using CsCheck;
using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.Tests.Units.Listing;

/// <summary>
/// Others create and remove tokens between any two requests of a listing. A failure prints the seed and the situation; with one page
/// at a time the seed repeats it exactly, with several the changes are the same and their meeting with the requests is not.
/// </summary>
public sealed class ListingUnderChangeTests : IAsyncDisposable
{
    private readonly ConcurrentBag<ChangingService> _services = [];
    private int _warned;
    private int _moved;

    [Fact]
    public async Task A_listing_is_the_list_as_it_was_at_one_moment_or_warns()
    {
        await Situations.All.SampleAsync(CheckAsync, seed: Effort.Seed, iter: Effort.Of(300), print: situation => situation.ToString());

        // It would prove nothing if every listing warned, or if none met a change.
        Assert.InRange(_warned, 1, Effort.Of(300) / 3);
        Assert.True(_moved > Effort.Of(300) / 4, $"Only {_moved} listings met a change.");
    }

    // Removals and creations in one gap leave the total as it was, and can hide a token that was there all the time.
    [Theory]
    [InlineData(ListOrder.NewestFirst)]
    [InlineData(ListOrder.OldestFirst)]
    [InlineData(ListOrder.ById)]
    public async Task A_removal_and_a_creation_in_one_gap_hide_nothing(ListOrder order)
    {
        await using ChangingService service = await ChangingService.StartAsync();
        foreach (ApiGeneration generation in Enum.GetValues<ApiGeneration>())
        {
            foreach (double place in (double[])[0, 0.3, 0.7, 0.999])
            {
                for (int gap = 1; gap < 5; gap++)
                {
                    Change[] changes = [.. Enumerable.Repeat(Change.None, gap), new Change([place], 1)];
                    var situation = new Situation(10, 2, order, generation, true, 1, 0, changes);
                    service.Prepare(situation);
                    Assert.False(await ListAndCheckAsync(service, situation), $"{situation}: warned");
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChangingService service in _services)
        {
            await service.DisposeAsync();
        }
    }

    private async Task CheckAsync(Situation situation)
    {
        ChangingService service = _services.TryTake(out ChangingService? free) ? free : await ChangingService.StartAsync();
        try
        {
            service.Prepare(situation);
            bool warned = await ListAndCheckAsync(service, situation);
            Interlocked.Add(ref _warned, warned ? 1 : 0);
            Interlocked.Add(ref _moved, service.States.Count > 2 ? 1 : 0);
        }
        finally
        {
            _services.Add(service);
        }
    }

    private static async Task<bool> ListAndCheckAsync(ChangingService service, Situation situation)
    {
        (TokenListing listing, bool warned) = await service.ListAsync(situation);

        List<string> written = [.. listing.Tokens.Select(token => token.ApiTokenId)];
        var ids = written.ToHashSet();
        Assert.True(ids.Count == written.Count, "A token was written twice.");
        Assert.True(ids.IsSubsetOf(service.States.SelectMany(state => state).ToHashSet()), "A token was written that never was.");
        if (!warned)
        {
            HashSet<string> throughout = [.. service.States[0].Where(id => service.States.All(state => state.Contains(id)))];
            Assert.True(throughout.IsSubsetOf(ids), $"{throughout.Except(ids).Count()} tokens were there all the time and were not written.");

            Assert.Equal(ids.Count, listing.Total);

            // Stronger than what is promised, and what makes the listing right: no mixture of moments.
            Assert.True(!situation.TellsTotal || service.States.Any(state => state.SetEquals(ids)), "The list was never what was written.");
        }

        if (situation.IsQuiet)
        {
            Assert.False(warned);
            Assert.Equal((situation.NeedsProof ? 2 : 1) * situation.Pages, service.Requests);
            Assert.Equal(InOrder(service.Emulator, situation.Order), written);
        }

        return warned;
    }

    private static IEnumerable<string> InOrder(EmulatorServer emulator, ListOrder order)
    {
        IReadOnlyList<StoredToken> oldestFirst = emulator.Tokens.Snapshot();
        return order switch
        {
            ListOrder.OldestFirst => oldestFirst.Select(token => token.ApiTokenId),
            ListOrder.NewestFirst => oldestFirst.Reverse().Select(token => token.ApiTokenId),
            _ => oldestFirst.OrderBy(token => token.Id).Select(token => token.ApiTokenId),
        };
    }
}
