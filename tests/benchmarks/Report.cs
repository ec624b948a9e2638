using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepsetCloud.Benchmarks;

/// <summary>The table, on the console and as a page.</summary>
internal static class Report
{
    private static readonly string[] Head = ["work", "module", "compared with", "ratio", "target", "requests", "met"];

    public static string Table(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Head)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|{string.Concat(Enumerable.Repeat("---|", Head.Length))}");
        foreach (Row row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
        }

        return text.ToString();
    }

    public static string Machine => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_073_741_824.0:0} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    public static string Page(IReadOnlyList<Row> rows, IReadOnlyList<GrowthPoint> points)
    {
        var text = new StringBuilder();
        text.AppendLine("# Performance").AppendLine();
        text.AppendLine("Written by `dotnet run -c Release --project tests/benchmarks -- --write`. Every line compares within one run, side by side: median of the");
        text.AppendLine("rounds, lowest and highest in brackets. The emulator runs in a process of its own on the same machine.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine}.").AppendLine();
        text.Append(Table(rows)).AppendLine();
        text.AppendLine("\"requests\" are those that the module sent, of the fewest that do the work.").AppendLine();
        text.AppendLine("Import-Module is compared twice. To load a format file, however small, takes PowerShell itself more than the target leaves to a module, so");
        text.AppendLine("that no module with a view can meet it against an empty one without. The second comparison, with an empty module that has a view and the");
        text.AppendLine("metadata of the gallery, shows what this module adds. What else was looked at is told in [architecture.md](architecture.md#fast).").AppendLine();
        text.AppendLine("## Growth").AppendLine();
        text.AppendLine("Listing without latency: time and held memory per token.").AppendLine();
        text.AppendLine("![Time per token from 1,000 to 1,000,000 tokens](performance.svg)").AppendLine();
        text.AppendLine("| tokens | µs per token | bytes per held token |").AppendLine("|---|---|---|");
        foreach (GrowthPoint point in points)
        {
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {point.Tokens:N0} | {point.MicrosecondsPerToken:0.0} | {point.BytesPerToken:0} |"));
        }

        return text.ToString();
    }
}
