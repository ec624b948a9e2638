using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using DeepsetCloud.Client;

namespace DeepsetCloud.Commands.Pipeline;

/// <summary>Brings what background work has to say to the pipeline thread: PowerShell takes it from no other.</summary>
internal sealed class PipelineChannel(Cmdlet cmdlet) : IClientLog, IDisposable
{
    private const int ProgressId = 0x0DC0;
    private static readonly TimeSpan ShortestVisibleWait = TimeSpan.FromSeconds(1);
    private readonly BlockingCollection<Action> _messages = new(new ConcurrentQueue<Action>());
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private readonly object _progressLock = new();
    private string? _activity;
    private Thread? _pipelineThread;

    /// <summary>Whether anybody sees verbose lines; null while that is not known. If not, they need not wake the pipeline thread.</summary>
    public bool? IsVerboseSeen { get; set; }

    /// <summary>Makes the calling thread the one that may write.</summary>
    public void Enter() => _pipelineThread = Thread.CurrentThread;

    public void Verbose(string message)
    {
        if (IsVerboseSeen != false)
        {
            Write(() => cmdlet.WriteVerbose(message));
        }
    }

    public void Warning(string message) => Write(() => cmdlet.WriteWarning(message));

    public void Progress(string activity, long done, long total)
    {
        lock (_progressLock)
        {
            // Short work shows nothing, long work moves a few times a second.
            if (_sinceProgress.ElapsedMilliseconds < (_activity is null ? 500 : 200))
            {
                return;
            }

            _sinceProgress.Restart();
            _activity = activity;
        }

        Write(() => cmdlet.WriteProgress(new ProgressRecord(ProgressId, activity, $"{done} of {total}")
        {
            PercentComplete = (int)(100 * done / Math.Max(1, total)),
        }));
    }

    public void Waiting(string why, TimeSpan howLong)
    {
        // What is over before it can be read is not worth a word.
        if (howLong < ShortestVisibleWait)
        {
            return;
        }

        lock (_progressLock)
        {
            _activity ??= why;
        }

        Write(() => cmdlet.WriteProgress(new ProgressRecord(ProgressId, _activity ?? why, $"{why}: waiting for {Math.Ceiling(howLong.TotalSeconds)} s")
        {
            SecondsRemaining = (int)Math.Ceiling(howLong.TotalSeconds),
        }));
    }

    /// <summary>Queues something to do on the pipeline thread.</summary>
    public void Post(Action action) => _messages.Add(action);

    /// <summary>Does what is queued, on the calling thread, until the task has ended and nothing is left.</summary>
    /// <exception cref="OperationCanceledException">Stopped before that.</exception>
    public void RunUntil(Task task, CancellationToken stop)
    {
        task.ContinueWith(_ => PostWake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            _messages.Take(stop)();
        }

        RunQueued();
    }

    /// <summary>Does what is queued so far, without waiting.</summary>
    public void RunQueued()
    {
        while (_messages.TryTake(out Action? action))
        {
            action();
        }
    }

    /// <summary>Takes the progress bar away, if there was one.</summary>
    public void EndProgress()
    {
        if (_activity is not null)
        {
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, _activity, "done") { RecordType = ProgressRecordType.Completed });
            _activity = null;
        }
    }

    public void Dispose() => _messages.Dispose();

    // What was queued before must not come after.
    private void Write(Action action)
    {
        if (ReferenceEquals(Thread.CurrentThread, _pipelineThread))
        {
            RunQueued();
            action();
        }
        else
        {
            Post(action);
        }
    }

    private void PostWake()
    {
        try
        {
            Post(static () => { });
        }
        catch (ObjectDisposedException)
        {
            // Seen to have ended, and everything done, before it came to this.
        }
    }
}
