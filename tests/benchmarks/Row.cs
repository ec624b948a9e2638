using System.Globalization;

namespace DeepsetCloud.Benchmarks;

/// <summary>A line of the table.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Module">The module's time.</param>
/// <param name="Comparison">What it is compared with, and its time.</param>
/// <param name="Ratio">The figure that the target is about.</param>
/// <param name="Target">What it should be; negative for "at most".</param>
/// <param name="Unit">What the figure counts.</param>
internal sealed record Row(string Work, string Module, string Comparison, double Ratio, double Target, string Unit = "times")
{
    /// <summary>The requests that the module sent, and the fewest that do the work; null where that is not the point.</summary>
    public (long Sent, long Fewest)? Requests { get; init; }

    public bool IsMet => (Target < 0 ? Ratio <= -Target : Ratio >= Target) && (Requests is not { } r || r.Sent <= r.Fewest);

    public string[] Cells =>
    [
        Work,
        Module,
        Comparison,
        Figure(Ratio),
        (Target < 0 ? "at most " : "at least ") + Figure(Math.Abs(Target)),
        Requests is { } r ? $"{r.Sent} of {r.Fewest}" : "",
        IsMet ? "yes" : "NO",
    ];

    private string Figure(double value) => string.Create(
        CultureInfo.InvariantCulture, $"{(Math.Abs(value) >= 100 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("0.00", CultureInfo.InvariantCulture))} {Unit}");
}
