using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>What users and files give can be refused, or is sent as it is: never as another endpoint, header or parameter.</summary>
public class HostileInputTests : EngineTest
{
    private const string TokenPath = "/api/v1/token";

    private static readonly string[] Headers =
        ["Host", "Accept", "Accept-Encoding", "Authorization", "User-Agent", "Content-Length", "Content-Type", "traceparent"];

    private int _sent;

    [Fact]
    public void An_id_to_remove_stays_one_segment() => Sample(400, leastSent: 20, id =>
    {
        ShellResult result = RunWith("Remove-DcApiToken -ApiTokenId $text", id);

        Assert.Equal(Emulator.Requests.Count == 0 ? "InvalidRequest" : "ApiTokenNotFound", result.ErrorId);
        if (OnlyRequest("DELETE") is { } request)
        {
            AssertSegment(request.RawTarget, TokenPath + "/", "", id);
        }
    });

    [Fact]
    public void A_workspace_stays_one_segment() => Sample(300, leastSent: 15, name =>
    {
        Assert.Equal("InvalidRequest", RunWith("Get-DcApiToken -Workspace $text -PageNumber 3 -Limit 7", name).ErrorId);

        if (OnlyRequest("GET") is { } request)
        {
            AssertSegment(request.Path, "/api/v1/workspaces/", "/token", name);
            Assert.Equal("limit=7&page_number=3", request.Query);
        }
    });

    [Fact]
    public void A_cursor_stays_one_parameter() => Sample(200, leastSent: 20, cursor =>
    {
        Assert.NotNull(RunWith("Get-DcApiToken -After $text -Before $text", cursor).Error);

        if (OnlyRequest("GET") is { } request)
        {
            Assert.Equal(TokenPath, request.Path);
            string[] parameters = request.Query.Split('&');
            Assert.Equal(2, parameters.Length);
            AssertEscaped(parameters[0]["after=".Length..], cursor);
            AssertEscaped(parameters[1]["before=".Length..], cursor);
        }
    });

    // Blanks mean "not given"; with anything else the workspace does not exist.
    [Fact]
    public void A_name_to_create_stays_a_string_of_the_body() => Sample(200, leastSent: 20, name =>
    {
        int before = Emulator.Tokens.TotalCreated;
        ShellResult result = RunWith("New-DcApiToken -Name $text -Workspace $text", name);

        if (OnlyRequest("POST") is not { } request)
        {
            Assert.Equal("InvalidRequest", result.ErrorId);
            return;
        }

        Assert.Equal(TokenPath, request.RawTarget);
        using var body = JsonDocument.Parse(request.Body);
        Assert.All(body.RootElement.EnumerateObject(), field => Assert.Contains(field.Name, (string[])["name", "workspaces"]));
        if (string.IsNullOrWhiteSpace(name))
        {
            Assert.Equal("{}", request.Body);
        }
        else
        {
            Assert.Equal(name, body.RootElement.GetProperty("name").GetString());
            Assert.Equal(name, Assert.Single(body.RootElement.GetProperty("workspaces").EnumerateArray()).GetString());
        }

        Assert.Equal(string.IsNullOrWhiteSpace(name) ? 1 : 0, Emulator.Tokens.TotalCreated - before);
    });

    [Theory]
    [InlineData("Get-DcApiToken -Name $text")]
    [InlineData("Get-DcApiToken -ApiTokenId $text")]
    public void A_filter_is_never_sent(string script)
    {
        Seed(2);
        Sample(100, leastSent: 20, text =>
        {
            Assert.True(RunWith(script, text).Errors.Count <= 1);

            Assert.Equal("limit=100&page_number=1", OnlyRequest("GET")?.Query ?? "limit=100&page_number=1");
        });
    }

    // A SecureString holds no more than 65,536 characters.
    [Fact]
    public void A_key_stays_one_header() => Sample(250, leastSent: 10, text =>
    {
        string key = text.Length <= 65_536 ? text : text[..65_536];
        Shell.Set("key", Shell.Secure(key));
        ShellResult result = RunWith("Connect-DcSession -ApiKey $key -BaseUri $baseUri", "");

        Assert.Equal(Emulator.Requests.Count == 0 ? "InvalidRequest" : "Unauthorized", result.ErrorId);
        if (OnlyRequest("GET") is { } request)
        {
            Assert.Equal("/api/v1/me", request.RawTarget);
            string token = request.Headers["Authorization"]["Bearer ".Length..];
            Assert.Matches("^[!-~]+$", token);
            Assert.EndsWith(token, key.Trim(), StringComparison.Ordinal);
        }

        Assert.True(key.Length < 12 || !result.Error.ToString().Contains(key, StringComparison.Ordinal), "The error shows the key.");
    });

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1/")]
    [InlineData("/gateway")]
    public void An_address_leads_to_the_service_or_nowhere(string path)
    {
        string root = Emulator.BaseAddress.ToString().TrimEnd('/') + path;

        // Right behind the port hardly any tail leaves the address what it was.
        Sample(40, leastSent: path.Length == 0 ? 0 : 1, tail =>
        {
            ShellResult result = RunWith("$made = Connect-DcSession -ApiKey $key -BaseUri $text -SkipVerification -PassThru; $made", root + tail);
            if (result.Errors.Count > 0)
            {
                Assert.Equal("InvalidRequest", result.ErrorId);
                return;
            }

            // The tail may have made it another host ("http://127.0.0.1:80.example.com/"): then there is nobody to ask.
            Uri address = Assert.Single(result.As<DcSession>()).BaseUri;
            Assert.True(address.IsLoopback);
            Assert.Equal("", address.Query + address.Fragment + address.UserInfo);
            Assert.EndsWith("/", address.AbsolutePath, StringComparison.Ordinal);
            if (address.Authority == Emulator.BaseAddress.Authority)
            {
                Run("Remove-DcApiToken -ApiTokenId some-id -Session $made");

                // A web server may refuse a path before anybody sees it ("%00").
                if (OnlyRequest("DELETE") is { } request)
                {
                    Assert.Equal(WithEqualEscapes(address.AbsolutePath + "api/v1/token/some-id"), WithEqualEscapes(request.RawTarget));
                }
            }
        });
    }

    private void Sample(int times, int leastSent, Action<string> check)
    {
        HostileTexts.All.Sample(check, seed: Effort.Seed, iter: Effort.Of(times), threads: 1);

        // It would prove nothing if every text was refused.
        Assert.True(_sent >= leastSent, $"Only {_sent} texts were fit to be sent.");
    }

    private ShellResult RunWith(string script, string text)
    {
        Emulator.Requests.Clear();
        Shell.Set("text", text);
        ShellResult result = Run(script);
        Assert.All(
            result.Errors.Append(result.Terminating).OfType<ErrorRecord>(),
            error => Assert.True(error.Exception is DcApiException or ParameterBindingException, error.Exception.ToString()));
        return result;
    }

    private RecordedRequest? OnlyRequest(string method)
    {
        IReadOnlyList<RecordedRequest> all = Emulator.Requests.Snapshot();
        Assert.InRange(all.Count, 0, 1);
        _sent += all.Count;
        foreach (RecordedRequest request in all)
        {
            Assert.Equal(method, request.Method);
            Assert.All(request.Headers.Keys, name => Assert.Contains(name, Headers));
        }

        return all.SingleOrDefault();
    }

    private static void AssertSegment(string path, string before, string after, string text)
    {
        Assert.StartsWith(before, path, StringComparison.Ordinal);
        Assert.EndsWith(after, path, StringComparison.Ordinal);
        Assert.False(text is "." or "..");
        AssertEscaped(path[before.Length..^after.Length], text);
    }

    // Nothing in it means anything, and decoded once it is the text again.
    private static void AssertEscaped(string escaped, string text)
    {
        Assert.Matches("^([A-Za-z0-9._~-]|%[0-9A-F]{2})+$", escaped);
        Assert.Equal(text, Uri.UnescapeDataString(escaped));
    }

    // %3e and %3E are the same, and .NET writes either.
    private static string WithEqualEscapes(string path) => Regex.Replace(path, "%[0-9A-Fa-f]{2}", escape => escape.Value.ToUpperInvariant());
}
