using Microsoft.Testing.Extensions.TrxReport.Abstractions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace DeepsetCloud.Pester.Runner;

/// <summary>One line of what Support/Invoke-InChild.ps1 writes.</summary>
/// <param name="File">The test file.</param>
/// <param name="Name">Describe, Context and It, joined by points.</param>
/// <param name="Line">Where in the file.</param>
/// <param name="Result">Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Duration">In milliseconds.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="StackTrace">Where, as PowerShell shows it.</param>
internal sealed record PesterResult(string File, string Name, int Line, string Result, double Duration, string Message, string StackTrace)
{
    private string FileName => Path.GetFileName(File);

    /// <summary>The test as the platform knows it.</summary>
    /// <param name="number">Tells tests of one name and line apart.</param>
    public TestNode ToNode(int number)
    {
        var failure = new PesterFailure(Message.Length > 0 ? Message : "What surrounds this test has failed.", StackTrace);
        TestNodeStateProperty state = Result switch
        {
            "Passed" => PassedTestNodeStateProperty.CachedInstance,
            "Failed" => new FailedTestNodeStateProperty(failure),
            _ => new SkippedTestNodeStateProperty(Message.Length > 0 ? Message : Result),
        };
        TestNode node = Describe(state, number);
        DateTimeOffset end = DateTimeOffset.UtcNow;
        var duration = TimeSpan.FromMilliseconds(Duration);
        node.Properties.Add(new TimingProperty(new TimingInfo(end - duration, end, duration)));
        node.Properties.Add(new TrxFullyQualifiedTypeNameProperty(FileName));
        if (state is FailedTestNodeStateProperty)
        {
            node.Properties.Add(new TrxExceptionProperty(failure.Message, failure.StackTrace));
        }

        return node;
    }

    /// <summary>The test without a result.</summary>
    public TestNode ToDiscoveredNode(int number) => Describe(DiscoveredTestNodeStateProperty.CachedInstance, number);

    private TestNode Describe(TestNodeStateProperty state, int number)
    {
        var position = new LinePosition(Line, 0);
        return new TestNode
        {
            Uid = $"{FileName}:{Line}:{Name}:{number}",
            DisplayName = $"{FileName}: {Name}",
            Properties = new PropertyBag(state, new TestFileLocationProperty(File, new LinePositionSpan(position, position))),
        };
    }
}
