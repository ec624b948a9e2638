using CsCheck;

namespace DeepsetCloud.Tests.Units.Fuzzing;

/// <summary>Damages responses: bytes and pieces changed, taken out, put in, doubled, moved from one response to another.</summary>
internal static class Mutations
{
    private const int LongestResponse = 64 * 1024;

    public static Gen<byte[]> Of(byte[][] corpus) =>
        from seed in Gen.OneOfConst(corpus)
        from steps in Step(corpus).Array[0, 6]
        select steps.Aggregate(seed, (bytes, step) => step(bytes));

    private static Gen<Func<byte[], byte[]>> Step(byte[][] corpus) => Gen.OneOf(
        Gen.Select(Gen.Double[0, 1], Gen.Byte, Set),
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 7], Flip),
        Gen.Select(Gen.Double[0, 1], Gen.OneOfConst(Corpus.Pieces), Gen.Int[0, 12], Replace),
        Gen.Select(Gen.Double[0, 1], Gen.OneOfConst(Corpus.Pieces), Gen.Const(0), Replace),
        Gen.Select(Gen.Double[0, 1], Gen.Const(Array.Empty<byte>()), Gen.Int[1, 40], Replace),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 200], Double),
        Gen.Select(Gen.Double[0, 1], Gen.OneOfConst(Corpus.Pieces), Gen.Int[50, 500], Repeat),
        Gen.Select(Gen.Double[0, 1], Gen.OneOfConst(corpus), Gen.Double[0, 1], Splice),
        Gen.Select(Gen.Double[0, 1], (double place) => (Func<byte[], byte[]>)(bytes => bytes[..At(bytes, place)])));

    private static Func<byte[], byte[]> Set(double place, byte value) => bytes =>
        bytes.Length == 0 ? [value] : [.. bytes[..At(bytes, place)], value, .. bytes[Math.Min(bytes.Length, At(bytes, place) + 1)..]];

    private static Func<byte[], byte[]> Flip(double place, int bit) => bytes =>
    {
        byte[] copy = [.. bytes];
        if (copy.Length > 0)
        {
            copy[Math.Min(copy.Length - 1, At(copy, place))] ^= (byte)(1 << bit);
        }

        return copy;
    };

    private static Func<byte[], byte[]> Replace(double place, byte[] piece, int length) => bytes =>
        [.. bytes[..At(bytes, place)], .. piece, .. bytes[Math.Min(bytes.Length, At(bytes, place) + length)..]];

    private static Func<byte[], byte[]> Double(double from, double to, int length) => bytes =>
    {
        int start = At(bytes, from);
        return [.. bytes[..At(bytes, to)], .. bytes[start..Math.Min(bytes.Length, start + length)], .. bytes[At(bytes, to)..]];
    };

    private static Func<byte[], byte[]> Repeat(double place, byte[] piece, int times) => bytes =>
        bytes.Length > LongestResponse
            ? bytes
            : [.. bytes[..At(bytes, place)], .. Enumerable.Repeat(piece, times).SelectMany(p => p), .. bytes[At(bytes, place)..]];

    private static Func<byte[], byte[]> Splice(double place, byte[] other, double otherPlace) => bytes =>
        [.. bytes[..At(bytes, place)], .. other[At(other, otherPlace)..]];

    private static int At(byte[] bytes, double place) => (int)(place * bytes.Length);
}
