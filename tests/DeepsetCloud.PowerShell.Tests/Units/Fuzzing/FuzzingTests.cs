using CsCheck;
using DeepsetCloud.Client;

namespace DeepsetCloud.Tests.Units.Fuzzing;

/// <summary>
/// Mutations of honest and less honest responses, over a real connection: a result that is whole, or an error of ours, and after one
/// request. The same mutations each time; <see cref="Effort"/> asks for more of them, and then for others.
/// </summary>
public sealed class FuzzingTests : IAsyncLifetime
{
    private const string FixedSeed = "0WaVAm1VE0j2";
    private static readonly string?[] ContentTypes =
    [
        "application/json", "application/json", "application/json", "application/json; charset=utf-8", "text/html", "application/problem+json", "rubbish", null,
        "application/json; charset=utf-16", "application/json; charset=utf-7", "application/json; charset=iso-8859-1", "application/json; charset=\"",
    ];

    private EmulatorServer _emulator = null!;
    private DcSession _session = null!;
    private int _read;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { RecordRequests = false });
        _session = TestSession.To(_emulator);
    }

    public ValueTask DisposeAsync()
    {
        _session.Close();
        return _emulator.DisposeAsync();
    }

    [Fact]
    public async Task A_mutated_page_is_whole_or_an_error()
    {
        await RunAsync("page", Of(200), ["InvalidResponse"], async log =>
        {
            TokenPage page = await _session.Service.ListPageAsync(new TokenQuery(), log, CancellationToken.None);
            Assert.All(page.Tokens, token =>
            {
                Assert.NotEmpty(token.ApiTokenId);
                Assert.Same(_session.Service, token.Origin);
                Assert.NotNull(token.ToString());
                Assert.All(token.Workspaces ?? [], Assert.NotNull);
                Assert.All(token.AdditionalProperties.Keys, Assert.NotNull);
            });
            Assert.True(page.Total is null or >= 0);
        });
    }

    [Fact]
    public async Task A_mutated_response_to_a_creation_holds_a_secret_or_is_uncertain()
    {
        await RunAsync("created", Of(201), ["CreationUncertain"], async log =>
        {
            CreatedApiToken created = await _session.Service.CreateAsync(new NewTokenRequest(), log, CancellationToken.None);
            Assert.True(created.ApiToken.Length > 0);
        });
    }

    [Fact]
    public async Task A_mutated_response_to_who_am_I_is_a_user_or_an_error()
    {
        await RunAsync("me", Of(200), ["InvalidResponse"], async log =>
        {
            Identity identity = await _session.Service.WhoAmIAsync(log, CancellationToken.None);
            Assert.NotNull(identity.User.ToString());
            Assert.All(identity.Organization?.Workspaces ?? [], Assert.NotNull);
        });
    }

    [Fact]
    public async Task A_mutated_response_to_a_removal_is_done_or_an_error()
    {
        await RunAsync("removed", Of(200), ["InvalidResponse"], log => _session.Service.RemoveAsync("some-id", log, CancellationToken.None));
    }

    [Fact]
    public async Task A_mutated_refusal_is_an_error_in_bounds()
    {
        string[] all = Enum.GetNames<ApiErrorKind>();
        await RunAsync(
            "refusal",
            Gen.OneOfConst(400, 401, 403, 404, 409, 418, 422, 429, 500, 503, 591, 999),
            all,
            async log =>
            {
                await _session.Service.ListPageAsync(new TokenQuery(), log, CancellationToken.None);
                Assert.Fail("A refusal was taken for a page.");
            });
    }

    private static Gen<int> Of(int status) => Gen.Const(status);

    private async Task RunAsync(string kind, Gen<int> statuses, string[] errorIds, Func<IClientLog, Task> call)
    {
        Gen<FuzzedResponse> responses =
            from body in Mutations.Of(Corpus.Of(kind))
            from status in statuses
            from contentType in Gen.OneOfConst(ContentTypes)
            from encoding in Gen.Frequency((20, Gen.Const((string?)null)), (1, Gen.OneOfConst<string?>("gzip", "deflate", "br", "identity", "rubbish")))
            select new FuzzedResponse(body, status, contentType, encoding);
        await responses.SampleAsync(
            async response =>
            {
                response.ServeAt(_emulator);
                _emulator.Requests.Clear();
                try
                {
                    await call(new KeptLog());
                    _read++;
                }
                catch (DcApiException e)
                {
                    Assert.Contains(e.ErrorId, errorIds);
                    Assert.InRange(e.Message.Length, 10, 1_000);
                    Assert.DoesNotContain(e.Message, char.IsControl);
                }

                Assert.Equal(1, _emulator.Requests.Count);
            },
            seed: Effort.Seed ?? (Effort.IsRaised ? null : FixedSeed),
            iter: Effort.Of(1_000),
            threads: 1);

        // Mutations that never leave anything to read would test nothing but the first check.
        Assert.True(errorIds.Length > 1 || _read > Effort.Of(1_000) / 20, $"Only {_read} responses could be read.");
    }
}
