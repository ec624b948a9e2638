namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>A service, or a proxy on the way, that repeats what it was sent.</summary>
public class EchoTests : EngineTest
{
    private readonly Secret _secret = Secret.Make();

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "application/json", """{"detail":"The key {0} is bad"}""" },
        { "application/json", """{"detail":[{"loc":["header","Authorization","Bearer {0}"],"msg":"Bearer {0}","type":"x"}]}""" },
        { "application/json", """{"message":"no","details":"{0}"}""" },
        { "application/json", """{"errors":["{0}"],"Authorization":"Bearer {0}"}""" },
        { "text/plain", "GET / HTTP/1.1 Authorization: Bearer {0}" },
        { "text/html", "<html><title>Bearer {0} is bad</title></html>" },
        { "application/json", "{1}{0}" },
        { "application/json", """{"detail":"{1}{0}"}""" },
        { "{0}/{0}", "{0}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_refusal_that_repeats_the_key_is_shown_without_it(string type, string body) => await Check(
        ((int[])[400, 401, 403, 404, 407, 409, 418, 422, 429, 500, 503])
            .Select(status => new Fault { Kind = FaultKind.Status, Status = status, Body = Fill(body), ContentType = Fill(type), Headers = Headers, Times = Fault.Always }));

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_response_that_makes_no_sense_and_repeats_the_key_is_shown_without_it(string type, string body) => await Check(
        [new Fault { Kind = FaultKind.RawBody, Body = Fill(body), ContentType = Fill(type), Headers = Headers, Times = Fault.Always }]);

    [Theory]
    [InlineData("text/{0}", "{0}")]
    [InlineData("application/json; charset={0}", "{}")]
    [InlineData("application/json", """{"data":t{0}}""")]
    [InlineData("application/json", """{"data":[],"total":"{0}"}""")]
    [InlineData("application/json", """{"data":["{0}"]}""")]
    [InlineData("application/json", """{"data":[]}{0}""")]
    [InlineData("application/json", """{"data":"\x{0}"}""")]
    public async Task Broken_JSON_that_repeats_the_key_is_shown_without_it(string type, string body) => await Check(
        [new Fault { Kind = FaultKind.RawBody, Body = Fill(body), ContentType = Fill(type), Headers = Headers, Times = Fault.Always }]);

    [Fact]
    public async Task A_redirect_that_repeats_the_key_is_shown_without_it() => await Check(
        ((string[])["https://{0}/", "https://{0}.example/{0}", "{0}", "https://x/?key={0}", "{0}://x"])
            .Select(location => new Fault { Kind = FaultKind.Redirect, Location = Fill(location), Headers = Headers, Times = Fault.Always }));

    // What a response says is the service's own, but the key of the session is recognised in it.
    private Dictionary<string, string> Headers => new()
    {
        ["x-request-id"] = _secret.Text,
        ["x-correlation-id"] = "Bearer " + _secret,
        ["WWW-Authenticate"] = $"Bearer realm=\"{_secret}\"",
    };

    // {1} puts the key where the words are cut off, so that half of it is left.
    private string Fill(string text) => text
        .Replace("{0}", _secret.Text, StringComparison.Ordinal)
        .Replace("{1}", new string('x', 480), StringComparison.Ordinal);

    private async Task Check(IEnumerable<Fault> faults)
    {
        await StartAsync(new EmulatorOptions { AcceptedUserToken = _secret.Text }, retries: 0, key: _secret.Text);
        string[] scripts =
        [
            "Get-DcApiToken -PageNumber 1", "New-DcApiToken ci", "Remove-DcApiToken a", "Connect-DcSession $key -BaseUri $baseUri -MaximumRetryCount 0",
        ];
        foreach (Fault fault in faults)
        {
            Emulator.Faults.Clear();
            Emulator.Faults.Add(fault);
            foreach (string script in scripts)
            {
                int before = fault.Applied;
                ShellResult result = Run(script + " -Verbose -Debug");
                Assert.Equal(before + 1, fault.Applied);
                _secret.AssertAbsent(StreamViews.OfText(result));
            }
        }

        // The deep look, with all members of records and exceptions, once for each kind of error; and the host once.
        _secret.AssertAbsent([StreamViews.OfHost(Shell), .. StreamViews.OfErrorVariable(Shell)]);
    }
}
