namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Headers that make no sense, with answers of success and of failure.</summary>
public class HostileHeaderTests
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
    public async Task A_list_is_read_all_the_same(string name, string value)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(25);
        emulator.Faults.Add(new Fault { Kind = FaultKind.Delay, Times = Fault.Always, Headers = new Dictionary<string, string> { [name] = value } });
        using Shell shell = Connection.ShellTo(emulator);

        Assert.Equal(25, shell.Run("Get-DcApiToken -Limit 10").EnsureNoErrors().Output.Count);
        Assert.DoesNotContain(emulator.Requests.Snapshot(), request => request.Headers.ContainsKey("Cookie"));
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
    public async Task A_failure_is_an_error_of_ours(int status, string name, string value, string date)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status,
            Status = status,
            Times = Fault.Always,
            Headers = new Dictionary<string, string> { [name] = value, ["Date"] = date },
        });
        using Shell shell = Connection.ShellTo(emulator, options => options with { MaximumRetryCount = 1 });
        foreach (string command in (string[])["Get-DcApiToken", "New-DcApiToken", "Remove-DcApiToken -ApiTokenId some-id"])
        {
            DcApiException error = Assert.IsType<DcApiException>(shell.Run(command).Error.Exception);

            Assert.Equal(status, error.StatusCode);
        }

        Assert.InRange(emulator.Requests.Count, 3, 6);
        Assert.All(emulator.Requests.Snapshot(), request => Assert.StartsWith("Bearer ", request.Headers["Authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_id_is_cleaned_and_cut()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        string id = "id\t  " + new string('9', 500);
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 400, Headers = new Dictionary<string, string> { ["x-request-id"] = id } });
        using Shell shell = Connection.ShellTo(emulator);

        DcApiException error = Assert.IsType<DcApiException>(shell.Run("Get-DcApiToken").Error.Exception);

        Assert.StartsWith("id 999", error.RequestId, StringComparison.Ordinal);
        Assert.Equal(100, error.RequestId!.Length);
    }

    [Fact]
    public async Task Headers_without_end_are_a_failed_connection()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Delay,
            Times = Fault.Always,
            Headers = Enumerable.Range(0, 200).ToDictionary(n => $"x-{n}", _ => new string('x', 1_000)),
        });
        using Shell shell = Connection.ShellTo(emulator, options => options with { MaximumRetryCount = 0 });

        ShellResult list = shell.Run("Get-DcApiToken");
        ShellResult creation = shell.Run("New-DcApiToken");

        Assert.StartsWith("ConnectionFailed,", list.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("CreationUncertain,", creation.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
