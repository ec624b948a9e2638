namespace DeepsetCloud.Client.Listing;

/// <summary>Which part of the list is wanted.</summary>
/// <param name="Skip">How many tokens to leave out at the start.</param>
/// <param name="First">How many to take after that; <see cref="long.MaxValue"/> for all.</param>
/// <param name="PageSize">How many to ask for at once.</param>
internal sealed record ListWindow(long Skip, long First, int PageSize)
{
    public static ListWindow All(int pageSize) => new(0, long.MaxValue, pageSize);

    /// <summary>Whether the pages before the window are read, too: without a total, nothing else tells where the list ends.</summary>
    public bool FromStart { get; init; }

    /// <summary>The position behind the last wanted token.</summary>
    public long End => First > long.MaxValue - Skip ? long.MaxValue : Skip + First;

    public int FirstPage => FromStart ? 1 : (int)Math.Min(int.MaxValue - 1, Skip / PageSize) + 1;

    /// <summary>The position at which the first page begins.</summary>
    public long Offset => (long)(FirstPage - 1) * PageSize;

    /// <summary>The same window with pages no larger than what is wanted, where that is one page.</summary>
    public ListWindow Fit() => End < PageSize ? this with { PageSize = (int)Math.Max(1, End) } : this;

    /// <summary>The last page that holds something wanted.</summary>
    public int LastPage(long total) => (int)Math.Min(int.MaxValue - 1, (Math.Min(total, End) - 1) / PageSize) + 1;

    /// <summary>How many tokens the pages of this window hold in a list of that length.</summary>
    public long ExpectedCount(long total) =>
        Math.Max(0, Math.Min(total, End >= total ? total : (long)LastPage(total) * PageSize) - Offset);
}
