using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Commands.Pipeline;
using DeepsetCloud.Module;

namespace DeepsetCloud.Commands;

/// <summary>
/// Work runs off the pipeline thread and everything is written on it. Work ends when the command does, however that
/// comes about: Ctrl-C (StopProcessing), an exception that a write throws because something downstream has had enough
/// or the user wants errors to stop (Dispose), or the normal way.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _work;
    private readonly PipelineChannel _channel;
    private readonly HashSet<Task> _running = [];
    private bool _disposed;

    private protected AsyncCmdlet()
    {
        _channel = new PipelineChannel(this);
        _work = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
    }

    /// <summary>Where work tells what it does, from any thread.</summary>
    private protected IClientLog Log => _channel;

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
        AtPipelineEnd();
        _channel.Dispose();
        _work.Dispose();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Called when the pipeline has come to its end, however that came about, and no work is left. <see cref="Cmdlet.Stopping"/> tells of Ctrl-C.
    /// </summary>
    private protected virtual void AtPipelineEnd()
    {
    }

    /// <summary>Starts work in the background. It ends with the command at the latest.</summary>
    private protected Task Start(Func<CancellationToken, Task> work)
    {
        EnterChannel();
        CancellationToken stop = _work.Token;
        Task task = Task.Run(() => work(stop), CancellationToken.None);
        _running.Add(task);
        return task;
    }

    /// <summary>Lets background work queue something for the pipeline thread.</summary>
    private protected void Post(Action action) => _channel.Post(action);

    /// <summary>Writes what background work has queued so far.</summary>
    private protected void WriteQueued() => _channel.RunQueued();

    /// <summary>Writes what background work has to say until fewer than so many pieces of it are left.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl-C.</exception>
    private protected void WaitUntilFewerThan(int count)
    {
        WriteQueued();
        while (_running.Count >= count)
        {
            Pump(Task.WhenAny(_running));
            foreach (Task ended in _running.Where(task => task.IsCompleted).ToList())
            {
                Observe(ended);
            }
        }
    }

    /// <summary>Lets all work come to its end, writing what it has to say; what has not ended within a time is stopped.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl-C.</exception>
    private protected void Drain(IClock clock, TimeSpan limit)
    {
        clock.CancelAfter(_work, limit);
        WaitUntilFewerThan(1);
    }

    /// <summary>Runs work in the background and waits for its result, writing what it has to say.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl-C.</exception>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        T? result = default;
        Task task = Start(async stop => result = await work(stop).ConfigureAwait(false));
        Pump(task);
        Observe(task);
        return result!;
    }

    /// <summary>Makes this thread the one that writes, until another takes over.</summary>
    private protected void EnterChannel()
    {
        _channel.Enter();
        _channel.IsVerboseSeen ??= IsVerboseSeen;
    }

    /// <summary>Takes the progress bar away.</summary>
    private protected void EndProgress() => _channel.EndProgress();

    /// <summary>Reads a preference as the command sees it: its own parameter first, then the caller's variable.</summary>
    private protected object? Preference(string parameter, string variable) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? bound) ? bound : GetVariableValue(variable);

    // As PowerShell decides it: the switch says yes or no, the variable what to do.
    private bool IsVerboseSeen => Preference("Verbose", "VerbosePreference").Unwrap() switch
    {
        SwitchParameter bound => bound.IsPresent,
        { } preference => preference.ToString() is not ("SilentlyContinue" or "Ignore"),
        null => true,
    };

    // The task has ended on every way out of here.
    private void Pump(Task task)
    {
        try
        {
            _channel.RunUntil(task, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The task was told to stop, too: its end decides.
            WaitQuietly(task);
        }
        catch
        {
            _stop.Cancel();
            WaitQuietly(Task.WhenAll(_running));
            throw;
        }
    }

    private void Observe(Task ended)
    {
        _running.Remove(ended);
        try
        {
            ended.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (OperationCanceledException) when (_work.IsCancellationRequested)
        {
            // Stopped by Drain.
        }
    }

    private static void WaitQuietly(Task task) =>
        task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).Wait();
}
