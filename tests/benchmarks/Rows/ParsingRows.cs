using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>What a listed token costs to parse, against bare source-generated System.Text.Json on the same bytes.</summary>
internal static class ParsingRows
{
    public static IEnumerable<Row> Run()
    {
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(10))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile);
        Summary summary = BenchmarkRunner.Run<PageParsing>(config);
        foreach (string shape in new[] { nameof(PageParsing.Shape.Classic), nameof(PageParsing.Shape.Current) })
        {
            BenchmarkReport module = Find(summary, nameof(PageParsing.Module), shape);
            BenchmarkReport bare = Find(summary, nameof(PageParsing.Bare), shape);
            yield return new Row(
                $"parse a page of 100 tokens ({shape.ToLowerInvariant()} fields)",
                Show(module),
                $"source-generated System.Text.Json: {Show(bare)}",
                module.ResultStatistics!.Median / bare.ResultStatistics!.Median,
                -1.5);
        }
    }

    private static BenchmarkReport Find(Summary summary, string method, string shape) => summary.Reports.Single(r =>
        r.BenchmarkCase.Descriptor.WorkloadMethod.Name == method && r.BenchmarkCase.Parameters[nameof(PageParsing.Fields)].ToString() == shape);

    private static string Show(BenchmarkReport report) => FormattableString.Invariant(
        $"{report.ResultStatistics!.Median / 1000:0.0} µs ± {report.ResultStatistics.StandardDeviation / 1000:0.0}, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) / 1024.0:0.0} KB");
}
