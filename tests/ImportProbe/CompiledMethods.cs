using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace DeepsetCloud.ImportProbe;

/// <summary>Hears from the runtime which methods it compiles, which is to say: runs for the first time.</summary>
internal sealed class CompiledMethods(string namespacePrefix) : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords JustInTime = (EventKeywords)0x10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<(DateTime At, string Name)> _methods = new();

    /// <summary>
    /// The methods whose compilation is known by now. The runtime tells it late, but in order: so one more method is
    /// compiled, and when that is heard, all before it have been.
    /// </summary>
    public async Task<IReadOnlyList<(DateTime At, string Name)>> TakeAsync()
    {
        Last();
        for (DateTime until = DateTime.UtcNow + Patience; !_methods.Any(m => m.Name.EndsWith(":" + nameof(Last), StringComparison.Ordinal)); await Task.Delay(20))
        {
            if (DateTime.UtcNow > until)
            {
                throw new TimeoutException("The runtime does not tell what it compiles.");
            }
        }

        return [.. _methods.Where(m => !m.Name.StartsWith(typeof(CompiledMethods).Namespace!, StringComparison.Ordinal))];
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, JustInTime);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) == true
            && Read(eventData, "MethodNamespace") is { } type
            && type.StartsWith(namespacePrefix, StringComparison.Ordinal))
        {
            _methods.Enqueue((eventData.TimeStamp, $"{type}:{Read(eventData, "MethodName")}"));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Last()
    {
    }

    private static string? Read(EventWrittenEventArgs data, string name) =>
        data.PayloadNames?.IndexOf(name) is { } at and >= 0 ? data.Payload?[at]?.ToString() : null;
}
