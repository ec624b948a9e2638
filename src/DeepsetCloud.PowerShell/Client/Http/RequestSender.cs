using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace DeepsetCloud.Client.Http;

/// <summary>Sends requests, again where that is safe, and returns answers that are read wholly. Safe for parallel use.</summary>
internal sealed class RequestSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly BearerToken _token;
    private readonly ConnectionOptions _options;
    private readonly RetryPolicy _retry;
    private readonly ResponseReader _reader;
    private int _closed;

    public RequestSender(Uri baseAddress, BearerToken token, ConnectionOptions options)
    {
        _http = HttpClientFactory.Create(baseAddress);
        _token = token;
        _options = options;
        _reader = new ResponseReader(options);
        _retry = new RetryPolicy(options.MaximumRetryCount, options.Clock);
        Failures = new FailureTranslator(baseAddress, token, options, _retry);
    }

    public FailureTranslator Failures { get; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Sends a request until it is answered.</summary>
    /// <returns>An answer of success, or the 404 of a repeated removal. The caller disposes it.</returns>
    /// <exception cref="DcApiException">The service refused it, or no answer could be had.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, IClientLog log, CancellationToken cancellationToken)
    {
        bool mayHaveArrivedBefore = false;
        for (int number = 1; ; number++)
        {
            AttemptResult attempt = await TryAsync(request, number, log, cancellationToken).ConfigureAwait(false);
            if (attempt.Response is { } response)
            {
                response.IsRepetition = mayHaveArrivedBefore;
                if (response.IsSuccess || IsRemovedBefore(request, response))
                {
                    return response;
                }
            }

            using (attempt.Response)
            {
                if (_retry.DelayAfter(number, request, attempt) is not TimeSpan delay)
                {
                    throw Failures.Translate(request, attempt, number, mayHaveArrivedBefore);
                }

                log.Verbose(FormattableString.Invariant(
                    $"{request}: {Failures.Describe(attempt)}. Trying again in {delay.TotalSeconds:0.0} s (retry {number} of {_options.MaximumRetryCount})."));
                mayHaveArrivedBefore |= attempt.MayHaveArrived;
                await _options.Clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
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

    private static bool IsRemovedBefore(ApiRequest request, ApiResponse response) =>
        request.Method == HttpMethod.Delete && response.StatusCode == 404 && response is { IsRepetition: true, IsJson: true };

    private async Task<AttemptResult> TryAsync(ApiRequest request, int number, IClientLog log, CancellationToken cancellationToken)
    {
        TrackedContent? content = request.IsTracked ? new TrackedContent(request.Body ?? []) : null;
        using HttpRequestMessage message = ToMessage(request, content);
        using var timeout = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        _options.Clock.CancelAfter(timeout, _options.Timeout);

        var watch = Stopwatch.StartNew();
        int? status = null;
        try
        {
            using HttpResponseMessage answer = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            status = (int)answer.StatusCode;
            AttemptResult attempt = await _reader.ReadAsync(request, answer, timeout, cancellationToken).ConfigureAwait(false);
            log.Verbose(FormattableString.Invariant($"{request} -> {status} in {watch.ElapsedMilliseconds} ms (attempt {number})"));
            return attempt;
        }
        catch (Exception e) when (IsFailure(e))
        {
            bool mayHaveArrived = content?.Started != false;
            ThrowIfEnded(request, mayHaveArrived, cancellationToken);
            return e is OperationCanceledException || timeout.IsCancellationRequested
                ? AttemptResult.TimedOut(mayHaveArrived, status)
                : AttemptResult.Broken(e, mayHaveArrived, status);
        }
    }

    // A connection that is reset right after it was made comes as a bare SocketException.
    private static bool IsFailure(Exception e) => e
        is OperationCanceledException or HttpRequestException or IOException or SocketException or InvalidDataException or ObjectDisposedException;

    // Neither a stop nor the end of the session may hide that a token may have been left behind.
    private void ThrowIfEnded(ApiRequest request, bool mayHaveArrived, CancellationToken cancellationToken)
    {
        if (!request.IsIdempotent && mayHaveArrived && (IsClosed || cancellationToken.IsCancellationRequested))
        {
            throw Failures.CreationInterrupted(request);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (IsClosed)
        {
            throw Failures.SessionClosed();
        }
    }

    private HttpRequestMessage ToMessage(ApiRequest request, TrackedContent? content)
    {
        if (IsClosed)
        {
            throw Failures.SessionClosed();
        }

        var message = new HttpRequestMessage(request.Method, request.RelativeUri) { Content = content };
        try
        {
            message.Headers.Authorization = _token.ToHeader();
        }
        catch (ObjectDisposedException)
        {
            throw Failures.SessionClosed();
        }

        if (content is not null && request.Body is not null)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }
}
