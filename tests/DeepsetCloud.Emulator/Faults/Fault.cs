namespace DeepsetCloud.Emulator;

/// <summary>A fault, the requests it applies to, and its particulars.</summary>
public sealed class Fault
{
    /// <summary>For <see cref="Times"/>: never spent.</summary>
    public const int Always = int.MaxValue;

    private int _applied;

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only requests of this method.</summary>
    public string? Method { get; init; }

    /// <summary>Only requests whose path, as on the wire, starts so.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>Only requests for which this holds. Before a request is read only method and target are known.</summary>
    public Func<RecordedRequest, bool>? When { get; init; }

    /// <summary>Matching requests let pass first; 2 makes the third the first one hit.</summary>
    public int Skip { get; init; }

    /// <summary>Matching requests hit, then the fault is spent.</summary>
    public int Times { get; init; } = 1;

    /// <summary>A wait before anything else happens; allowed with every kind.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Status of the answer, for the kinds that make up one.</summary>
    public int? Status { get; init; }

    /// <summary>Body text, sent as UTF-8.</summary>
    public string? Body { get; init; }

    /// <summary>Body bytes; goes before <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Content-Type of that body; null sends none.</summary>
    public string? ContentType { get; init; } = "application/json";

    /// <summary>Content-Encoding to claim; the body is sent as given.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Retry-After in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Retry-After as an HTTP date.</summary>
    public DateTimeOffset? RetryAfterDate { get; init; }

    /// <summary>More headers of the answer, for every kind that answers; they replace those the answer has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a made-up answer comes after the request was processed.</summary>
    public bool Process { get; init; }

    /// <summary>Target of <see cref="FaultKind.Redirect"/>.</summary>
    public string? Location { get; init; }

    /// <summary>Size of the large bodies.</summary>
    public int Megabytes { get; init; } = 64;

    /// <summary>Bytes per chunk of <see cref="FaultKind.SlowBytes"/>.</summary>
    public int ChunkSize { get; init; } = 1;

    /// <summary>Wait between chunks of <see cref="FaultKind.SlowBytes"/>; without one TCP may join them again.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>
    /// JSON white space before the body of <see cref="FaultKind.SlowBytes"/>. More of it than sockets buffer, and what runs
    /// <see cref="BeforeLastChunk"/> knows that the client is reading.
    /// </summary>
    public int LeadingBlanks { get; init; }

    /// <summary>Runs before the last chunk of <see cref="FaultKind.SlowBytes"/> goes out.</summary>
    public Func<Task>? BeforeLastChunk { get; init; }

    /// <summary>How often it has hit.</summary>
    public int Applied => Volatile.Read(ref _applied);

    internal int Passed { get; set; }

    internal bool IsSpent => _applied >= Times;

    internal bool ConcernsLists => Kind == FaultKind.TotalAbsent;

    internal void Hit() => Interlocked.Increment(ref _applied);

    internal bool Matches(RecordedRequest request) =>
        (Method is null || Method == request.Method)
        && (PathPrefix is null || request.Path.StartsWith(PathPrefix, StringComparison.Ordinal))
        && (!ConcernsLists || (request.Method == "GET" && Route.Match(request.Path).IsList))
        && (When is null || When(request));
}
