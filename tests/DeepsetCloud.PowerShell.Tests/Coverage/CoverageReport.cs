using System.Globalization;
using System.Xml.Linq;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Configurations;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestHostControllers;
using Microsoft.Testing.Platform.Services;

namespace DeepsetCloud.Tests.Coverage;

/// <summary>
/// Says what the line coverage is. Coverlet measures it and fails below the threshold, but "dotnet test" passes on nothing of
/// what Coverlet says. It does list files, so the name of the report has the figure; and it shows what a failed run wrote.
/// </summary>
internal sealed class CoverageReport(IServiceProvider services) : ITestHostProcessLifetimeHandler, IDataProducer
{
    private const string ThresholdOption = "coverlet-threshold";

    public string Uid => nameof(CoverageReport);

    public string Version => "1.0";

    public string DisplayName => "Line coverage";

    public string Description => "Says what the line coverage is.";

    public Type[] DataTypesProduced { get; } = [typeof(FileArtifact)];

    /// <summary>Called by the generated entry point.</summary>
    public static void AddExtensions(ITestApplicationBuilder builder, string[] _) =>
        builder.TestHostControllers.AddProcessLifetimeHandler(services => new CoverageReport(services));

    public Task<bool> IsEnabledAsync() => Task.FromResult(services.GetCommandLineOptions().IsOptionSet(ThresholdOption));

    public Task BeforeTestHostProcessStartAsync(CancellationToken cancellationToken)
    {
        foreach (FileInfo old in Reports())
        {
            old.Delete();
        }

        return Task.CompletedTask;
    }

    public Task OnTestHostProcessStartedAsync(ITestHostProcessInformation testHostProcessInformation, CancellationToken cancellation) => Task.CompletedTask;

    public Task OnTestHostProcessExitedAsync(ITestHostProcessInformation testHostProcessInformation, CancellationToken cancellation)
    {
        FileInfo? report = Reports().SingleOrDefault();
        XElement? coverage = report is null ? null : XDocument.Load(report.FullName).Root;
        if (report is null || coverage is null || (int)coverage.Attribute("lines-valid")! == 0)
        {
            throw new InvalidOperationException("The line coverage of src/ was not measured.");
        }

        double lines = 100 * (double)coverage.Attribute("line-rate")!;
        string figure = lines.ToString("0.0", CultureInfo.InvariantCulture);
        if (services.GetCommandLineOptions().TryGetOptionArgumentList(ThresholdOption, out string[]? least) && lines < double.Parse(least[0], CultureInfo.InvariantCulture))
        {
            Console.WriteLine($"The line coverage of src/ is {figure} %, below the {least[0]} % that is asked for.");
        }

        report.MoveTo(Path.Combine(report.DirectoryName!, $"line-coverage-{figure}-percent.cobertura.xml"));
        return services.GetMessageBus().PublishAsync(this, new FileArtifact(report, "Line coverage"));
    }

    private FileInfo[] Reports()
    {
        var folder = new DirectoryInfo(services.GetConfiguration().GetTestResultDirectory());
        return folder.Exists ? folder.GetFiles("*coverage*.cobertura*.xml") : [];
    }
}
