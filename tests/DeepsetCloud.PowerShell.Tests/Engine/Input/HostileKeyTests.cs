using System.Text.RegularExpressions;
using CsCheck;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>Keys and addresses: refused before anything is sent, or sent as exactly what they are.</summary>
public class HostileKeyTests
{
    /// <summary>The headers that a request may have.</summary>
    public static string[] Headers { get; } = ["Host", "Accept", "Accept-Encoding", "Authorization", "User-Agent", "Content-Length", "Content-Type", "traceparent"];

    [Fact]
    public async Task A_key_stays_one_header()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        int sent = 0;

        // A SecureString holds no more than that.
        HostileTexts.All.Select(text => text.Length <= 65_536 ? text : text[..65_536]).Sample(
            key =>
            {
                emulator.Requests.Clear();
                shell.Set("key", Shell.Secure(key));
                ShellResult result = shell.Run($"Connect-DcSession -ApiKey $key -BaseUri {emulator.BaseAddress}");

                IReadOnlyList<RecordedRequest> requests = emulator.Requests.Snapshot();
                string expected = requests.Count == 0 ? "InvalidRequest," : "Unauthorized,";
                Assert.StartsWith(expected, result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
                Assert.InRange(requests.Count, 0, 1);
                foreach (RecordedRequest request in requests)
                {
                    sent++;
                    Assert.Equal("/api/v1/me", request.RawTarget);
                    Assert.All(request.Headers.Keys, name => Assert.Contains(name, Headers));
                    string token = request.Headers["Authorization"]["Bearer ".Length..];
                    Assert.Matches("^[!-~]+$", token);
                    Assert.EndsWith(token, key.Trim(), StringComparison.Ordinal);
                }

                Assert.True(key.Length < 12 || !result.Error.ToString().Contains(key, StringComparison.Ordinal), "The error shows the key.");
            },
            seed: Effort.Seed,
            iter: Effort.Of(500),
            threads: 1);
        Assert.True(sent > 30, $"Only {sent} keys were fit to be sent.");
    }

    [Fact]
    public async Task An_address_leads_to_the_service_or_nowhere()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));
        string root = emulator.BaseAddress.ToString().TrimEnd('/');
        int sent = 0;
        Gen.Select(Gen.OneOfConst("", "/", "/api", "/api/v1/", "/gateway"), HostileTexts.All, (path, text) => path + text).Sample(
            tail =>
            {
                emulator.Requests.Clear();
                shell.Set("address", root + tail);
                ShellResult result = shell.Run("Connect-DcSession -ApiKey $key -BaseUri $address -SkipVerification -PassThru");
                if (result.Errors.Count > 0)
                {
                    Assert.IsType<DcApiException>(result.Error.Exception);
                    Assert.StartsWith("InvalidRequest,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
                    return;
                }

                // The tail may have made it another host ("http://127.0.0.1:80.example.com/"): then there is nobody to ask.
                DcSession session = Assert.Single(result.As<DcSession>());
                Assert.True(session.BaseUri.IsLoopback);
                Assert.Equal("", session.BaseUri.Query + session.BaseUri.Fragment + session.BaseUri.UserInfo);
                Assert.EndsWith("/", session.BaseUri.AbsolutePath, StringComparison.Ordinal);
                if (session.BaseUri.Authority != emulator.BaseAddress.Authority)
                {
                    return;
                }

                shell.Run("Remove-DcApiToken -ApiTokenId some-id");

                // A web server may refuse a path before anybody sees it ("%00").
                Assert.InRange(emulator.Requests.Count, 0, 1);
                foreach (RecordedRequest request in emulator.Requests.Snapshot())
                {
                    sent++;
                    Assert.Equal(WithEqualEscapes(session.BaseUri.AbsolutePath + "api/v1/token/some-id"), WithEqualEscapes(request.RawTarget));
                    Assert.All(request.Headers.Keys, name => Assert.Contains(name, Headers));
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(400),
            threads: 1);
        Assert.True(sent > 30, $"Only {sent} addresses were fit to be used.");
    }

    [Fact]
    public void Text_that_is_no_address_is_refused()
    {
        using var shell = new Shell();
        shell.Set("key", Shell.Secure("api_key"));
        HostileTexts.All.Sample(
            text =>
            {
                shell.Set("address", text);
                ShellResult result = shell.Run("Connect-DcSession -ApiKey $key -BaseUri $address -SkipVerification -PassThru");
                if (result.Errors.Count == 0)
                {
                    DcSession session = Assert.Single(result.As<DcSession>());
                    Assert.True(session.BaseUri.Scheme == "https" || session.BaseUri.IsLoopback);
                }
                else
                {
                    Assert.StartsWith("InvalidRequest,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
                }
            },
            seed: Effort.Seed,
            iter: Effort.Of(1_000),
            threads: 1);
    }

    // %3e and %3E are the same, and .NET writes either.
    private static string WithEqualEscapes(string path) => Regex.Replace(path, "%[0-9A-Fa-f]{2}", escape => escape.Value.ToUpperInvariant());
}
