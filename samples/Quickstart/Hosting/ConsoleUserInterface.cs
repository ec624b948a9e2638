using System.Management.Automation.Host;

namespace DeepsetCloud.Quickstart.Hosting;

/// <summary>Shows text on the console, in colour where it has colours.</summary>
internal sealed class ConsoleUserInterface() : TextUserInterface(new Size(120, 50))
{
    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected && !OperatingSystem.IsWindows();

    public override void Write(string value) => Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal));
}
