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
    private readonly RequestSender _transport;

    /// <param name="baseAddress">The service's root, as <see cref="ServiceAddress"/> returns it.</param>
    /// <param name="token">The credential. It is disposed with the service.</param>
    /// <param name="options">How to talk to the service.</param>
    public DeepsetClient(Uri baseAddress, BearerToken token, ConnectionOptions options)
    {
        BaseAddress = baseAddress;
        Clock = options.Clock;
        _transport = new RequestSender(baseAddress, token, options);
    }

    public Uri BaseAddress { get; }

    public IClock Clock { get; }

    /// <summary>The organization of the credential; null as long as nobody has asked who it belongs to.</summary>
    public string? OrganizationId { get; private set; }

    public bool IsClosed => _transport.IsClosed;

    /// <summary>Asks who the credential belongs to.</summary>
    public async Task<Identity> WhoAmIAsync(IClientLog log, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, "api/v1/me");
        using ApiResponse response = await _transport.SendAsync(request, log, cancellationToken).ConfigureAwait(false);
        Identity identity = Parse(request, response, static r => IdentityReader.Read(r.Utf8Body));
        OrganizationId = identity.Organization?.OrganizationId;
        return identity;
    }

    /// <summary>Reads one page, with the query as given.</summary>
    public async Task<TokenPage> ListPageAsync(TokenQuery query, IClientLog log, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, query.ToRelativeUri()) { Subject = query.Workspace };
        using ApiResponse response = await _transport.SendAsync(request, log, cancellationToken).ConfigureAwait(false);
        TokenPage page = Parse(request, response, static r => TokenPageReader.Read(r.Utf8Body));
        foreach (ApiToken token in page.Tokens)
        {
            token.Origin = this;
        }

        return page with { ServedAt = response.ServedAt };
    }

    /// <summary>Creates a token. Sent once: see <see cref="RetryPolicy"/>.</summary>
    public async Task<CreatedApiToken> CreateAsync(NewTokenRequest wanted, IClientLog log, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, "api/v1/token") { Body = NewTokenWriter.Write(wanted), Subject = wanted.Name };
        using ApiResponse response = await _transport.SendAsync(request, log, cancellationToken).ConfigureAwait(false);
        (SecureString secret, string? id) = Parse(request, response, static r => CreatedReader.Read(r.Utf8Body));
        return new CreatedApiToken(secret)
        {
            ApiTokenId = id,
            Name = wanted.Name,
            ExpiresAt = wanted.ExpiresAt,
            Type = wanted.Type,
            Workspaces = wanted.Workspaces,
        };
    }

    /// <summary>Removes a token.</summary>
    /// <param name="apiTokenId">Its id, checked with <see cref="PathSegment.CheckTokenId"/>.</param>
    /// <param name="log">Where to tell what is done.</param>
    /// <param name="cancellationToken">Ends the request in flight.</param>
    public async Task RemoveAsync(string apiTokenId, IClientLog log, CancellationToken cancellationToken)
    {
        PathSegment.CheckTokenId(apiTokenId);
        var request = new ApiRequest(HttpMethod.Delete, "api/v1/token/" + Uri.EscapeDataString(apiTokenId)) { Subject = apiTokenId };
        using ApiResponse response = await _transport.SendAsync(request, log, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == 404)
        {
            log.Verbose($"{request}: not found any more, since an earlier attempt of this call had removed it.");
            return;
        }

        Parse(request, response, CheckRemoved);
    }

    public void Dispose() => _transport.Dispose();

    // "Removed" is only true if the service itself said so: a proxy's page with status 200 is no removal.
    private static bool CheckRemoved(ApiResponse response)
    {
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

    private T Parse<T>(ApiRequest request, ApiResponse response, Func<ApiResponse, T> read)
    {
        try
        {
            return read(response);
        }
        catch (JsonException e)
        {
            string reason = response.ContentType?.MediaType is string type && !response.IsJson
                ? $"with {TextSanitizer.Clean(type)} instead of JSON"
                : "the answer is not what it should be: " + Reason(e);
            throw _transport.Failures.Unreadable(request, response, reason);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException or InvalidOperationException)
        {
            // InvalidOperationException: a JSON text that is not valid Unicode.
            throw _transport.Failures.Unreadable(request, response, "the answer is not text in an encoding that can be read");
        }
    }
}
