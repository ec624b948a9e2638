using Microsoft.Testing.Extensions.TrxReport.Abstractions;
using Microsoft.Testing.Platform.Capabilities.TestFramework;

namespace DeepsetCloud.Pester.Runner;

/// <summary>What <see cref="PesterFramework"/> can do: its results suit a TRX file, too.</summary>
internal sealed class Capabilities : ITestFrameworkCapabilities, ITrxReportCapability
{
    IReadOnlyCollection<ITestFrameworkCapability> Microsoft.Testing.Platform.Capabilities.ICapabilities<ITestFrameworkCapability>.Capabilities => [this];

    public bool IsSupported => true;

    public void Enable()
    {
        // Every result has what the file needs.
    }
}
