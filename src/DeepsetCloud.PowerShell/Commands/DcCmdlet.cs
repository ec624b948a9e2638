using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Commands.Errors;
using DeepsetCloud.Commands.Pipeline;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Commands;

/// <summary>
/// The base of all commands. Work runs off the pipeline thread and everything is written on it. Work ends when the
/// command does, however that comes about: Ctrl-C (StopProcessing), an exception that a write throws because something
/// downstream has had enough or the user wants errors to stop (Dispose), or the normal way.
/// </summary>
public abstract class DcCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineChannel _channel;
    private readonly HashSet<Task> _running = [];
    private bool _disposed;

    private protected DcCmdlet() => _channel = new PipelineChannel(this);

    private protected IClientLog Log => _channel;

    private protected SessionStore Sessions => new(SessionState);

    /// <summary>Ends what is in flight. Called by PowerShell, on another thread, at Ctrl-C.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends what is in flight, waits until it has ended, and lets go of everything.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        WaitQuietly(Task.WhenAll(_running));
        _channel.Dispose();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Finds the session to use. None is a terminating error.</summary>
    private protected DcSession ResolveSession(DcSession? given)
    {
        DcSession session = OrThrow(() => Sessions.Resolve(given, Log), given ?? (object)"Session");
        _channel.RunQueued();
        return session;
    }

    /// <summary>Runs a check whose failure ends the command.</summary>
    private protected T OrThrow<T>(Func<T> work, object target)
    {
        try
        {
            return work();
        }
        catch (DcApiException e)
        {
            ThrowTerminatingError(ErrorRecordFactory.From(e, target));
            throw;
        }
    }

    /// <inheritdoc cref="OrThrow{T}"/>
    private protected void OrThrow(Action check, object target) => OrThrow(() =>
    {
        check();
        return true;
    }, target);

    /// <summary>Writes an error; one that makes all later work pointless ends the command.</summary>
    private protected void WriteApiError(DcApiException error, object target)
    {
        ErrorRecord record = ErrorRecordFactory.From(error, target);
        if (ErrorTable.IsTerminating(error.Kind))
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>Starts work in the background. It ends with the command at the latest.</summary>
    private protected Task Start(Func<CancellationToken, Task> work)
    {
        CancellationToken stop = _stop.Token;
        _channel.IsVerboseSeen ??= IsVerboseSeen;
        Task task = Task.Run(() => work(stop), CancellationToken.None);
        _running.RemoveWhere(ended => ended.IsCompleted);
        _running.Add(task);
        return task;
    }

    /// <summary>Lets background work queue something for the pipeline thread.</summary>
    private protected void Post(Action action) => _channel.Post(action);

    /// <summary>Writes what background work has queued so far.</summary>
    private protected void WriteQueued() => _channel.RunQueued();

    /// <summary>Writes what background work has to say until a task has ended. It has ended on every way out of here.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl-C.</exception>
    private protected void Await(Task task)
    {
        try
        {
            _channel.RunUntil(task, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The task was told to stop, too: its end decides.
        }
        catch
        {
            _stop.Cancel();
            WaitQuietly(task);
            throw;
        }

        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Runs work in the background and waits for its result.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl-C.</exception>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        T? result = default;
        Await(Start(async stop => result = await work(stop).ConfigureAwait(false)));
        return result!;
    }

    /// <summary>Takes the progress bar away.</summary>
    private protected void EndProgress() => _channel.EndProgress();

    /// <summary>Reads a preference as the command sees it: its own parameter first, then the caller's variable.</summary>
    private protected object? Preference(string parameter, string variable) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? bound) ? bound : GetVariableValue(variable);

    // As PowerShell decides it: the switch says yes or no, the variable what to do.
    private bool IsVerboseSeen => Preference("Verbose", "VerbosePreference") switch
    {
        SwitchParameter bound => bound.IsPresent,
        object preference => preference.ToString() is not ("SilentlyContinue" or "Ignore"),
        null => true,
    };

    private static void WaitQuietly(Task task) =>
        task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).Wait();
}
