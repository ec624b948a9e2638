using CsCheck;

namespace DeepsetCloud.Tests.Units.Listing;

/// <summary>Makes up situations, the nasty ones more often than chance would.</summary>
internal static class Situations
{
    private const int MostPages = 20;

    private static readonly Gen<double> Place = Gen.OneOf(Gen.Double[0, 0.999], Gen.OneOfConst(0.0, 0.999));

    private static readonly Gen<Change> Swap = Gen.Select(Gen.Int[1, 3].SelectMany(n => Place.Array[n]), places => new Change(places, places.Length));

    private static readonly Gen<Change> Any = Gen.Select(Place.Array[0, 4], Gen.Int[0, 4], (places, more) => new Change(places, more));

    // Up to several changes for each request that one reading needs, or a single one anywhere.
    private static Gen<Change[]> Changes(int pages) => Gen.Frequency(
        (1, Gen.Const(Array.Empty<Change>())),
        (3, Gen.Select(Gen.Int[0, pages], Gen.OneOf(Swap, Any), (quiet, change) => Enumerable.Repeat(Change.None, quiet).Append(change).ToArray())),
        (3, Gen.Frequency((4, Gen.Const(Change.None)), (1, Swap), (1, Any)).Array[0, 3 * pages]),
        (2, Gen.OneOf(Swap, Any).Array[0, 8 * pages]));

    public static Gen<Situation> All { get; } =
        from pageSize in Gen.Frequency((3, Gen.Int[1, 100]), (2, Gen.Int[1, 8]))
        from count in Gen.Frequency((6, Gen.Int[0, Math.Min(2_000, pageSize * MostPages)]), (2, Gen.Int[0, Math.Min(2_000, pageSize * 3)]))
        from order in Gen.Enum<ListOrder>()
        from generation in Gen.Enum<ApiGeneration>()
        from tellsTotal in Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false)))
        from parallelism in Gen.OneOfConst(1, 2, 8)
        from clockOffset in Gen.Int[-8, 8]
        from changes in Changes(Math.Max(1, (count + pageSize - 1) / pageSize))
        select new Situation(count, pageSize, order, generation, tellsTotal, parallelism, clockOffset, changes);
}
