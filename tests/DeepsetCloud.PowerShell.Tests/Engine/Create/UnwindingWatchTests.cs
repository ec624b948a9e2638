using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using DeepsetCloud.Commands.Pipeline;

namespace DeepsetCloud.Tests.Engine.Create;

public class UnwindingWatchTests
{
    // A steppable pipeline need not be disposed, and a process may live for months.
    [Fact]
    public void A_watch_that_nobody_stops_does_not_stay_in_the_process()
    {
        WeakReference listening = ForgottenWatch();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(listening.IsAlive);
    }

    [Fact]
    public void Exceptions_of_other_threads_do_not_count()
    {
        var watch = new UnwindingWatch();
        static void Stop() => throw new PipelineStoppedException();
        var other = new Thread(() => Assert.Throws<PipelineStoppedException>(Stop));

        other.Start();
        other.Join();

        Assert.False(watch.IsFailing);
        watch.Stop();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ForgottenWatch() =>
        new(typeof(UnwindingWatch).GetField("_recorder", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(new UnwindingWatch()));
}
