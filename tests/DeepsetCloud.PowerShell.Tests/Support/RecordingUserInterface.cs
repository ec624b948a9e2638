using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using DeepsetCloud.Tests.Support.Hosting;

namespace DeepsetCloud.Tests.Support;

/// <summary>Keeps every text that PowerShell shows, and answers questions as told.</summary>
internal sealed class RecordingUserInterface() : TextUserInterface(new Size(140, 1000))
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _questions = [];

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public string? Answer { get; set; }

    public IReadOnlyList<string> Questions => _questions;

    public override void Write(string value)
    {
        lock (_text)
        {
            _text.Append(value);
        }
    }

    // The same on every system: tests compare lines.
    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine("ERROR: " + value);

    public override void WriteProgress(long sourceId, ProgressRecord record) => WriteLine($"PROGRESS: {record.Activity} {record.StatusDescription}");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _questions.Add(message);
        ChoiceDescription? choice = choices.FirstOrDefault(c => c.Label == Answer);
        return choice is null ? base.PromptForChoice(caption, message, choices, defaultChoice) : choices.IndexOf(choice);
    }
}
