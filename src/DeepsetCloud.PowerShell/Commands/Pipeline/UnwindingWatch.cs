using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace DeepsetCloud.Commands.Pipeline;

/// <summary>
/// Tells why a pipeline is being unwound. A command only sees that its write failed, and after its end nothing at all: whether
/// <c>Select-Object -First</c> has what it wants or a command downstream has failed shows in nothing but the exceptions of its thread.
/// </summary>
internal sealed class UnwindingWatch
{
    // Not public: known by its name.
    private const string EnoughTaken = "System.Management.Automation.StopUpstreamCommandsException";

    private readonly Recorder _recorder = new();

    /// <summary>Starts to watch the calling thread.</summary>
    public UnwindingWatch() => AppDomain.CurrentDomain.FirstChanceException += _recorder.Note;

    // A steppable pipeline need not be disposed, and what listens to the process would live as long as it.
    ~UnwindingWatch() => Stop();

    /// <summary>Whether the last failure is a command downstream that has taken what it wants.</summary>
    public bool IsEnoughTaken => _recorder.Cause == EnoughTaken;

    /// <summary>Whether PowerShell is ending the pipeline because of a failure: one that was caught is not followed by its own exception.</summary>
    public bool IsFailing => _recorder.IsUnwinding && !IsEnoughTaken;

    /// <summary>Watches no more. What was seen stays.</summary>
    public void Stop() => AppDomain.CurrentDomain.FirstChanceException -= _recorder.Note;

    private sealed class Recorder
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public string? Cause { get; private set; }

        public bool IsUnwinding { get; private set; }

        public void Note(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (Environment.CurrentManagedThreadId == _thread)
            {
                IsUnwinding = e.Exception is PipelineStoppedException;
                Cause = IsUnwinding ? Cause : e.Exception.GetType().FullName;
            }
        }
    }
}
