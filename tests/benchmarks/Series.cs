using System.Globalization;

namespace DeepsetCloud.Benchmarks;

/// <summary>The times of one contender.</summary>
internal sealed class Series(IEnumerable<double> times)
{
    private readonly double[] _sorted = [.. times.Order()];

    public double Median => _sorted.Length % 2 == 1
        ? _sorted[_sorted.Length / 2]
        : (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>Median, with the lowest and the highest.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Show(Median)} ({Show(_sorted[0])} to {Show(_sorted[^1])})");

    private static string Show(double milliseconds) => milliseconds switch
    {
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.000} ms"),
    };
}
