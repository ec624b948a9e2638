using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace DeepsetCloud.Commands.Pipeline;

/// <summary>
/// Tells whether a pipeline was ended by somebody downstream who has what he wants (<c>Select-Object -First</c>) or by a failure:
/// a writing command sees the same PipelineStoppedException in both cases, and only the exception before it makes the difference.
/// </summary>
internal sealed class EarlyStop : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private Exception? _cause;

    public EarlyStop() => AppDomain.CurrentDomain.FirstChanceException += Note;

    /// <summary>Whether what has been written so far has been taken.</summary>
    public bool IsCause => _cause is FlowControlException;

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Note;

    private void Note(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (Environment.CurrentManagedThreadId == _thread && e.Exception is not PipelineStoppedException)
        {
            _cause = e.Exception;
        }
    }
}
