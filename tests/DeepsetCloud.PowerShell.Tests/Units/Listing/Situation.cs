namespace DeepsetCloud.Tests.Units.Listing;

/// <summary>A service with tokens, and what happens to them while they are listed.</summary>
/// <param name="Count">How many tokens there are at the start.</param>
/// <param name="PageSize">How many are asked for at once.</param>
/// <param name="Order">The order of the list.</param>
/// <param name="Generation">With a time of creation, or without.</param>
/// <param name="TellsTotal">Whether the answers hold a total.</param>
/// <param name="Parallelism">How many pages are read at once.</param>
/// <param name="ClockOffset">How far, in seconds, the clock of the tokens is off that of the answers.</param>
/// <param name="Changes">What happens before the first request, before the second and so on.</param>
internal sealed record Situation(
    int Count, int PageSize, ListOrder Order, ApiGeneration Generation, bool TellsTotal, int Parallelism, int ClockOffset, Change[] Changes)
{
    public bool IsQuiet => Changes.All(change => change.IsNone);

    /// <summary>Whether it takes a second reading to be sure of the first.</summary>
    public bool NeedsProof => Pages > 1 && (Generation == ApiGeneration.Classic || !TellsTotal);

    public int Pages => Math.Max(1, (Count + PageSize - 1) / PageSize);

    public override string ToString() =>
        $"{Count} tokens, pages of {PageSize}, {Order}, {Generation}, {(TellsTotal ? "with" : "without")} total, {Parallelism} at once, clock off by {ClockOffset} s; "
        + $"before each request: {string.Join(' ', Changes.Select(change => change.ToString()))}";
}
