namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Headers that make no sense, with responses of success and of failure.</summary>
public class HeaderTests : EngineTest
{
    private const string BeginningOfTime = "Mon, 01 Jan 0001 00:00:00 GMT";
    private const string EndOfTime = "Fri, 31 Dec 9999 23:59:59 GMT";

    [Theory]
    [InlineData("Date", BeginningOfTime)]
    [InlineData("Date", EndOfTime)]
    [InlineData("Date", "tomorrow")]
    [InlineData("Content-Type", "text")]
    [InlineData("Content-Type", ";;;charset")]
    [InlineData("x-request-id", "")]
    [InlineData("Retry-After", "-5")]
    [InlineData("Set-Cookie", "a=b; Domain=example.com")]
    [InlineData("Location", "http://example.com/")]
    public void A_list_is_read_all_the_same(string name, string value)
    {
        Seed(25);
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Delay, Times = Fault.Always, Headers = new Dictionary<string, string> { [name] = value } });

        Assert.Equal(25, Run("Get-DcApiToken -Limit 10").EnsureNoErrors().Output.Count);

        Assert.DoesNotContain(Emulator.Requests.Snapshot(), request => request.Headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData(503, "Retry-After", EndOfTime, BeginningOfTime)]
    [InlineData(503, "Retry-After", BeginningOfTime, EndOfTime)]
    [InlineData(429, "Retry-After", "2147483647", BeginningOfTime)]
    [InlineData(429, "Retry-After", "99999999999999999999", BeginningOfTime)]
    [InlineData(429, "Retry-After", "soon", EndOfTime)]
    [InlineData(307, "Location", "http://[::1", BeginningOfTime)]
    [InlineData(302, "Location", "//", BeginningOfTime)]
    [InlineData(301, "Location", "javascript:alert(1)", BeginningOfTime)]
    [InlineData(401, "WWW-Authenticate", "Basic realm=\"x\", Negotiate", BeginningOfTime)]
    [InlineData(407, "Proxy-Authenticate", "Negotiate", BeginningOfTime)]
    [InlineData(600, "x", "y", BeginningOfTime)]
    [InlineData(999, "x", "y", BeginningOfTime)]
    public void A_failure_is_an_error_with_its_status_whatever_the_headers(int status, string name, string value, string date)
    {
        Connect(options => options with { MaximumRetryCount = 1 });
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status,
            Status = status,
            Times = Fault.Always,
            Headers = new Dictionary<string, string> { [name] = value, ["Date"] = date },
        });

        Assert.All((string[])["Get-DcApiToken", "New-DcApiToken", "Remove-DcApiToken -ApiTokenId some-id"], command =>
            Assert.Equal(status, Assert.IsType<DcApiException>(Run(command).Error.Exception).StatusCode));

        Assert.InRange(Emulator.Requests.Count, 3, 6);
        Assert.All(Emulator.Requests.Snapshot(), request => Assert.StartsWith("Bearer ", request.Headers["Authorization"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x-request-id")]
    [InlineData("request-id")]
    [InlineData("x-correlation-id")]
    [InlineData("x-amzn-requestid")]
    [InlineData("cf-ray")]
    public void The_request_id_is_found_under_every_name_in_use_and_cleaned_and_cut(string header)
    {
        var headers = new Dictionary<string, string> { ["x-request-id"] = "" };
        headers[header] = "id\t  " + new string('9', 500);
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Headers = headers });

        string? id = Assert.IsType<DcApiException>(Run("Get-DcApiToken").Error.Exception).RequestId;

        Assert.StartsWith("id 999", id, StringComparison.Ordinal);
        Assert.Equal(100, id!.Length);
    }

    [Fact]
    public void Headers_without_end_are_a_failed_connection()
    {
        Connect(options => options with { MaximumRetryCount = 0 });
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Delay,
            Times = Fault.Always,
            Headers = Enumerable.Range(0, 200).ToDictionary(n => $"x-{n}", _ => new string('x', 1_000)),
        });

        Assert.Equal("ConnectionFailed", Run("Get-DcApiToken").ErrorId);
        Assert.Equal("CreationUncertain", Run("New-DcApiToken").ErrorId);
    }
}
