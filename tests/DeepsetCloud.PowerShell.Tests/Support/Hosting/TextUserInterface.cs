using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace DeepsetCloud.Tests.Support.Hosting;

/// <summary>Shows text; a question has nobody to answer it.</summary>
/// <param name="screen">The width and height of the screen, in characters.</param>
internal abstract class TextUserInterface(Size screen) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUserInterface(screen);

    public override bool SupportsVirtualTerminal => false;

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // A bar that moves has no place in a text.
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw Nobody(message);

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Nobody(string.Join(", ", descriptions.Select(d => d.Name)));

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Nobody(message);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw Nobody(message);

    public override string ReadLine() => throw Nobody("a line of text");

    public override SecureString ReadLineAsSecureString() => throw Nobody("a secret");

    private static InvalidOperationException Nobody(string question) => new($"Nobody is here to answer: {question}");
}
