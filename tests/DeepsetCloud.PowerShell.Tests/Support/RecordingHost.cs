using System.Globalization;
using System.Management.Automation.Host;

namespace DeepsetCloud.Tests.Support;

/// <summary>A PowerShell host without a person: it keeps what is shown and answers questions as told.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface _ui = new();

    /// <summary>What was shown, line by line, warnings and errors included.</summary>
    public string Shown => _ui.Text;

    /// <summary>The label of the answer to every question, such as "&amp;Yes"; null fails the question.</summary>
    public string? Answer
    {
        get => _ui.Answer;
        set => _ui.Answer = value;
    }

    /// <summary>The questions that were asked.</summary>
    public IReadOnlyList<string> Questions => _ui.Questions;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "RecordingHost";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
