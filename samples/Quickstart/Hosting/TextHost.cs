using System.Globalization;
using System.Management.Automation.Host;

namespace DeepsetCloud.Quickstart.Hosting;

/// <summary>A PowerShell host that writes text and has nobody to ask.</summary>
internal sealed class TextHost(PSHostUserInterface ui) : PSHost
{
    /// <summary>What a script gave to <c>exit</c>; null if it did not exit.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "DeepsetCloud.TextHost";

    public override PSHostUserInterface UI => ui;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException("There is no nested prompt here.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("There is no nested prompt here.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
