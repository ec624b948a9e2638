using System.Security;
using System.Text;
using System.Text.Json;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Client.Json;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client;

/// <summary>The operations of the service. Safe for parallel use; closed with the session that owns it.</summary>
internal sealed class DeepsetClient : IDisposable
{
    private readonly RequestSender _sender;
    private readonly BearerToken _token;
    private readonly ConnectionOptions _options;

    /// <param name="baseAddress">The service's root, as <see cref="ServiceAddress"/> returns it.</param>
    /// <param name="token">The credential. It is disposed with the client.</param>
    /// <param name="options">How to talk to the service.</param>
    public DeepsetClient(Uri baseAddress, BearerToken token, ConnectionOptions options)
    {
        Place = new Place(baseAddress, null);
        _token = token;
        _options = options;
        _sender = new RequestSender(baseAddress, token, options);
    }

    /// <summary>Where the credential leads; without an organization as long as nobody has asked who it belongs to.</summary>
    public Place Place { get; private set; }

    public Uri BaseAddress => Place.Address;

    public IClock Clock => _options.Clock;

    /// <summary>The time for one attempt.</summary>
    public TimeSpan Timeout => _options.Timeout;

    public bool IsClosed => _sender.IsClosed;

    private FailureMessages Failures => new(Place, _token, _options);

    /// <summary>Asks who the credential belongs to.</summary>
    public async Task<Identity> WhoAmIAsync(IClientLog log, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, "api/v1/me");
        Identity identity = await SendAsync(
            Operation.WhoAmI, null, request, static (response, _) => IdentityReader.Read(response.Utf8Body), log, cancellationToken).ConfigureAwait(false);
        Place = Place with { Organization = identity.Organization };
        return identity;
    }

    /// <summary>Reads one page, with the query as given.</summary>
    public Task<TokenPage> ListPageAsync(TokenQuery query, IClientLog log, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, query.ToRelativeUri());
        return SendAsync(Operation.List, query.Workspace, request, ReadPage, log, cancellationToken);
    }

    /// <summary>Creates a token. Sent once, unless it surely was not acted on.</summary>
    public Task<CreatedApiToken> CreateAsync(NewTokenRequest wanted, IClientLog log, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, "api/v1/token") { Body = NewTokenWriter.Write(wanted) };
        return SendAsync(Operation.Create, wanted.Name, request, (response, _) => ReadCreated(response, wanted), log, cancellationToken);
    }

    /// <summary>Removes a token.</summary>
    /// <param name="apiTokenId">Its id.</param>
    /// <param name="log">Where to tell what is done.</param>
    /// <param name="cancellationToken">Ends the request in flight.</param>
    public Task RemoveAsync(string apiTokenId, IClientLog log, CancellationToken cancellationToken)
    {
        if (PathSegment.FaultOf(apiTokenId) is string fault)
        {
            throw new DcApiException(ApiErrorKind.InvalidRequest, $"'{TextSanitizer.Clean(apiTokenId)}' cannot be the id of an API token: {fault}. Nothing was sent.");
        }

        var request = new ApiRequest(HttpMethod.Delete, "api/v1/token/" + Uri.EscapeDataString(apiTokenId));
        return SendAsync(Operation.Remove, apiTokenId, request, CheckRemoved, log, cancellationToken);
    }

    public void Dispose() => _sender.Dispose();

    private async Task<T> SendAsync<T>(
        Operation operation, string? subject, ApiRequest request, Func<ApiResponse, IClientLog, T> read, IClientLog log, CancellationToken cancellationToken)
    {
        using SendResult result = await _sender.SendAsync(request, log, cancellationToken).ConfigureAwait(false);
        if (result.Effect != Effect.Done || result.Response is not { } response)
        {
            throw Failures.Translate(operation, subject, result);
        }

        try
        {
            return read(response, log);
        }
        catch (JsonException e)
        {
            string reason = response.ContentType?.MediaType is string type && !response.IsJson
                ? $"with {TextSanitizer.Clean(type)} instead of JSON"
                : "the response is not what it should be: " + Reason(e);
            throw Failures.Unreadable(operation, subject, result, reason);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException or InvalidOperationException)
        {
            // InvalidOperationException: a JSON text that is not valid Unicode.
            throw Failures.Unreadable(operation, subject, result, "the response is not text in an encoding that can be read");
        }
    }

    private TokenPage ReadPage(ApiResponse response, IClientLog log)
    {
        TokenPage page = TokenPageReader.Read(response.Utf8Body);
        foreach (ApiToken token in page.Tokens)
        {
            token.Origin = this;
        }

        return page with { ServedAt = response.ServedAt };
    }

    private static CreatedApiToken ReadCreated(ApiResponse response, NewTokenRequest wanted)
    {
        (SecureString secret, string? id) = CreatedReader.Read(response.Utf8Body);
        return new CreatedApiToken(secret)
        {
            ApiTokenId = id,
            Name = wanted.Name,
            ExpiresAt = wanted.ExpiresAt,
            Type = wanted.Type,
            Workspaces = wanted.Workspaces,
        };
    }

    // "Removed" is only true if the service itself said so: a proxy's page with status 200 is no removal.
    private static bool CheckRemoved(ApiResponse response, IClientLog log)
    {
        if (!response.IsSuccess)
        {
            log.Verbose("The API token is not there any more, since an earlier attempt of this call had removed it.");
            return true;
        }

        ReadOnlySpan<byte> body = response.Utf8Body;
        if (body.Length > 0)
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
            }
        }

        return true;
    }

    // Our own readers say what is wrong; the JSON reader behind them repeats what it read, and that may be a secret.
    private static string Reason(JsonException error) => error.GetType() == typeof(JsonException)
        ? TextSanitizer.Clean(error.Message).TrimEnd('.')
        : FormattableString.Invariant($"it is not JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine})");
}
