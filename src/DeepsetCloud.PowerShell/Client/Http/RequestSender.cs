using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace DeepsetCloud.Client.Http;

/// <summary>Sends requests, again where that is safe, and returns responses that are read wholly. Safe for parallel use.</summary>
internal sealed class RequestSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly BearerToken _token;
    private readonly ConnectionOptions _options;
    private readonly RetryPolicy _retry;
    private readonly PaceGate _pace;
    private readonly ResponseReader _reader;
    private int _closed;

    public RequestSender(Uri baseAddress, BearerToken token, ConnectionOptions options)
    {
        _http = HttpClientFactory.Create(baseAddress);
        _token = token;
        _options = options;
        _reader = new ResponseReader(options);
        _retry = new RetryPolicy(options.MaximumRetryCount, options.Clock);
        _pace = new PaceGate(options.Clock);
    }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Sends a request until there is a response, or no point in trying again.</summary>
    /// <returns>What came of it. The caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">Stopped. A request that must not be repeated and was sent returns instead.</exception>
    public async Task<SendResult> SendAsync(ApiRequest request, IClientLog log, CancellationToken cancellationToken)
    {
        Effect before = Effect.NotSent;
        int failures = 0;
        long passed = _pace.PassedCount;
        for (int number = 1; ; number++)
        {
            DateTimeOffset startedAt = await _pace.EnterAsync(log, cancellationToken).ConfigureAwait(false);
            AttemptResult attempt = await TryAsync(request, number, log, cancellationToken).ConfigureAwait(false);
            Effect effect = Combine(request, before, attempt);
            TimeSpan? pause = Pace(attempt, startedAt);
            if (pause is not null && _pace.PassedCount is var passedNow && passedNow != passed)
            {
                // To be turned away while others get through is no failure: the turn comes.
                failures = 0;
                passed = passedNow;
            }

            failures++;
            bool isStalled = pause is not null && _pace.IsStalled;
            if (effect == Effect.Done || isStalled || _retry.DelayAfter(failures, request, attempt) is not TimeSpan delay)
            {
                return new SendResult(request, attempt, number, effect) { IsStalled = isStalled };
            }

            using (attempt)
            {
                log.Verbose(FormattableString.Invariant(
                    $"{request}: {Describe(attempt)}. Trying again in {(pause ?? delay).TotalSeconds:0.0} s (retry {failures} of {_options.MaximumRetryCount})."));
                before = effect;
                if (pause is null)
                {
                    await _options.Clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Ends requests in flight, closes the connections and forgets the key.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _http.Dispose();
            _token.Dispose();
        }
    }

    /// <summary>In a few words, for a verbose line.</summary>
    public string Describe(AttemptResult attempt) => attempt.Failure switch
    {
        AttemptFailure.None => FormattableString.Invariant($"the response was {attempt.Response!.StatusCode}"),
        AttemptFailure.TimedOut => FormattableString.Invariant($"no complete response within {_options.Timeout.TotalSeconds:0.##} s"),
        AttemptFailure.TooLarge => FormattableString.Invariant($"the response is larger than {_options.MaximumResponseBytes / (1024 * 1024)} MB"),
        AttemptFailure.Damaged => "the response is damaged",
        _ => _token.Redact($"the connection failed ({attempt.Reason})"),
    };

    // The pause that all requests make now; null where nobody was turned away.
    private TimeSpan? Pace(AttemptResult attempt, DateTimeOffset startedAt)
    {
        if (attempt.Response is not { } response)
        {
            return null;
        }

        if (response.StatusCode is 429 or 503)
        {
            TimeSpan? asked = response.RetryDelay(_options.Clock.UtcNow);
            return _pace.Refused(startedAt, asked <= RetryPolicy.LongestRetryAfter ? asked : null);
        }

        _pace.Passed(startedAt);
        return null;
    }

    // What an earlier attempt may have removed is not there any more: that is what was asked for.
    private static Effect Combine(ApiRequest request, Effect before, AttemptResult attempt) =>
        before == Effect.Unknown && request.Method == HttpMethod.Delete && attempt is { Effect: Effect.Rejected, Response.StatusCode: 404 or 410 }
            ? Effect.Done
            : (Effect)Math.Max((int)before, (int)attempt.Effect);

    private async Task<AttemptResult> TryAsync(ApiRequest request, int number, IClientLog log, CancellationToken cancellationToken)
    {
        TrackedContent? content = request.IsTracked ? new TrackedContent(request.Body ?? []) : null;
        using HttpRequestMessage? message = ToMessage(request, content);
        if (message is null)
        {
            return AttemptResult.Failed(AttemptFailure.Closed, wasSent: false, status: null);
        }

        using var timeout = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        _options.Clock.CancelAfter(timeout, _options.Timeout);

        var watch = Stopwatch.StartNew();
        int? status = null;
        bool WasSent() => content?.Started != false;
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            AttemptResult attempt = await _reader.ReadAsync(request, response, WasSent(), timeout, cancellationToken).ConfigureAwait(false);
            log.Verbose(FormattableString.Invariant($"{request} -> {status} in {watch.ElapsedMilliseconds} ms (attempt {number})"));
            return attempt;
        }
        catch (Exception e) when (IsFailure(e))
        {
            bool isStopped = cancellationToken.IsCancellationRequested;
            if ((isStopped || IsClosed) && !request.IsIdempotent && WasSent())
            {
                // Neither a stop nor the end of the session may hide that something may have been left behind.
                return AttemptResult.Failed(AttemptFailure.Interrupted, wasSent: true, status);
            }

            cancellationToken.ThrowIfCancellationRequested();
            AttemptFailure failure = IsClosed ? AttemptFailure.Closed
                : e is OperationCanceledException || timeout.IsCancellationRequested ? AttemptFailure.TimedOut
                : AttemptFailure.Connection;
            return AttemptResult.Failed(failure, WasSent(), status, failure == AttemptFailure.Connection ? e : null);
        }
    }

    // A connection that is reset right after it was made comes as a bare SocketException.
    private static bool IsFailure(Exception e) => e
        is OperationCanceledException or HttpRequestException or IOException or SocketException or InvalidDataException or ObjectDisposedException;

    private HttpRequestMessage? ToMessage(ApiRequest request, TrackedContent? content)
    {
        try
        {
            if (IsClosed)
            {
                return null;
            }

            AuthenticationHeaderValue authorization = _token.ToHeader();
            var message = new HttpRequestMessage(request.Method, request.RelativeUri) { Content = content };
            message.Headers.Authorization = authorization;
            if (content is not null && request.Body is not null)
            {
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            return message;
        }
        catch (ObjectDisposedException)
        {
            // The session was closed just now.
            return null;
        }
    }
}
