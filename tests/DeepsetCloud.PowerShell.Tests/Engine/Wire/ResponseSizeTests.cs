namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Responses that are too large: an error, and no more memory than is allowed. Alone, since memory is one for the process.</summary>
[Collection("Memory")]
public class ResponseSizeTests : EngineTest
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<string, string, string> Operations => new()
    {
        { "GET", "Get-DcApiToken", "InvalidResponse" },
        { "POST", "New-DcApiToken", "CreationUncertain" },
        { "DELETE", "Remove-DcApiToken -ApiTokenId some-id", "InvalidResponse" },
    };

    // The bomb itself is built in this process, which takes about 14 MB.
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_gzip_bomb_is_not_unpacked(string method, string command, string errorId) =>
        Assert.InRange(await MeasureAsync(new Fault { Kind = FaultKind.GzipBomb, Method = method, Megabytes = 256 }, command, errorId), 0, 32 * Megabyte);

    // What the emulator makes before it notices that nobody reads any more.
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_response_that_never_ends_is_not_read(string method, string command, string errorId) => Assert.InRange(
        await MeasureAsync(new Fault { Kind = FaultKind.HugeBody, Method = method, Megabytes = int.MaxValue }, command, errorId), 0, 24 * Megabyte);

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_bound_is_32_MB(string method, string command, string errorId)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.GzipBomb, Method = method, Megabytes = 32 });

        ShellResult result = Run(command);

        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains("larger than 32 MB", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Emulator.Requests.Count);
    }

    [Fact]
    public void Up_to_the_bound_a_page_is_read()
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.GzipBomb, Megabytes = 31 });
        Emulator.Faults.Add(new Fault { Kind = FaultKind.HugeBody, Megabytes = 8 });

        Assert.Empty(Run("Get-DcApiToken -PageNumber 1").EnsureNoErrors().Output);
        Assert.InRange(Run("Get-DcApiToken -PageNumber 1").EnsureNoErrors().Output.Count, 10_000, 100_000);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_bound_is_exact(int more, bool isRead)
    {
        const string Page = """{"data":[],"has_more":false,"total":0}""";
        Connect(options => options with { MaximumResponseBytes = 100_000 });
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = Page.PadRight(100_000 + more) });

        Assert.Equal(isRead, Run("Get-DcApiToken").Errors.Count == 0);
    }

    [Fact]
    public void The_response_to_who_am_I_is_bounded_too()
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.GzipBomb, PathPrefix = "/api/v1/me", Megabytes = 64 });

        ShellResult result = Run("Connect-DcSession -ApiKey $key -BaseUri $baseUri -PassThru").EnsureNoErrors();

        Assert.Null(Assert.Single(result.As<DcSession>()).User);
        Assert.Contains("larger than 32 MB", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_bounded_too()
    {
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.Status, Status = 400, Content = HostileResponse.Gzip(new string('x', 40 * Megabyte)), ContentEncoding = "gzip",
        });

        Assert.InRange(Run("Get-DcApiToken").Error.ToString().Length, 10, 1_000);
    }

    private async Task<long> MeasureAsync(Fault fault, string command, string errorId)
    {
        Connect(options => options with { MaximumResponseBytes = 64 * 1024 });
        Run("Get-DcApiToken").EnsureNoErrors();
        Emulator.Requests.Clear();
        Emulator.Faults.Add(fault);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        ShellResult result = Run(command);
        Assert.True(await Emulator.Requests.WaitForIdleAsync(Patience));
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(errorId, result.ErrorId);
        Assert.Equal(1, Emulator.Requests.Count);
        return bytes;
    }
}
