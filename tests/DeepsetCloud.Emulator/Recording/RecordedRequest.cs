using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace DeepsetCloud.Emulator;

/// <summary>A request as it was received, and what became of it.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(string method, string rawTarget)
    {
        Method = method;
        RawTarget = rawTarget;
        int mark = rawTarget.IndexOf('?', StringComparison.Ordinal);
        Path = mark < 0 ? rawTarget : rawTarget[..mark];
        Query = mark < 0 ? "" : rawTarget[(mark + 1)..];
    }

    /// <summary>Running number, from 1.</summary>
    public long Sequence { get; internal set; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Path and query exactly as on the wire.</summary>
    public string RawTarget { get; }

    /// <summary>The path as on the wire, not decoded.</summary>
    public string Path { get; }

    /// <summary>The query as on the wire, without its question mark; empty if there is none.</summary>
    public string Query { get; }

    /// <summary>Headers; one that came several times has its values joined by comma and blank.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal set; } = new Dictionary<string, string>();

    /// <summary>The body as text; empty if there was none.</summary>
    public string Body { get; internal set; } = "";

    /// <summary>When it was received.</summary>
    public DateTimeOffset ReceivedAt { get; } = DateTimeOffset.UtcNow;

    /// <summary>The TCP connection it came on.</summary>
    public string ConnectionId { get; internal set; } = "";

    /// <summary>The <c>x-request-id</c> of the answer.</summary>
    public string RequestId { get; internal set; } = "";

    /// <summary>Status of the answer; null as long as, or if, there is none.</summary>
    public int? Status { get; internal set; }

    /// <summary>The connection ended without a (whole) answer, by fault or because the client gave up.</summary>
    public bool IsAborted { get; internal set; }

    /// <summary>The status, <c>aborted</c> or <c>open</c>.</summary>
    public string Outcome => IsAborted ? "aborted" : Status?.ToString(CultureInfo.InvariantCulture) ?? "open";

    /// <summary>The value of a query parameter, decoded; null if it was not given.</summary>
    public string? QueryValue(string name) => QueryHelpers.ParseQuery(Query).TryGetValue(name, out var values) ? values[0] : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {RawTarget} -> {Outcome}";
}
