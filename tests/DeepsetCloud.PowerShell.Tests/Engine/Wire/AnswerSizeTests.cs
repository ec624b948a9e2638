namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Answers that are too large: an error, and no more memory than is allowed. Alone, since memory is one for the process.</summary>
[Collection("Memory")]
public class AnswerSizeTests
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<string, string, string> Operations => new()
    {
        { "GET", "Get-DcApiToken", "InvalidResponse" },
        { "POST", "New-DcApiToken", "CreationUncertain" },
        { "DELETE", "Remove-DcApiToken -ApiTokenId some-id", "InvalidResponse" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_bomb_is_not_unpacked(string method, string command, string errorId)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator, options => options with { MaximumResponseBytes = 64 * 1024 });

        long bytes = await MeasureAsync(emulator, shell, new Fault { Kind = FaultKind.GzipBomb, Method = method, Megabytes = 256 }, command, errorId);

        // The bomb itself is built in this process, which takes about 14 MB.
        Assert.InRange(bytes, 0, 32 * Megabyte);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_never_ends_is_not_read(string method, string command, string errorId)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator, options => options with { MaximumResponseBytes = 64 * 1024 });

        long bytes = await MeasureAsync(
            emulator, shell, new Fault { Kind = FaultKind.HugeBody, Method = method, Megabytes = int.MaxValue }, command, errorId);

        // What the emulator makes before it notices that nobody reads any more.
        Assert.InRange(bytes, 0, 24 * Megabyte);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_bound_is_32_MB(string method, string command, string errorId)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        emulator.Faults.Add(new Fault { Kind = FaultKind.GzipBomb, Method = method, Megabytes = 32 });

        ShellResult result = shell.Run(command);

        Assert.StartsWith(errorId + ",", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("larger than 32 MB", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, emulator.Requests.Count);
    }

    [Fact]
    public async Task Up_to_the_bound_a_page_is_read()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator);
        emulator.Faults.Add(new Fault { Kind = FaultKind.GzipBomb, Megabytes = 31 });
        emulator.Faults.Add(new Fault { Kind = FaultKind.HugeBody, Megabytes = 8 });

        Assert.Empty(shell.Run("Get-DcApiToken -PageNumber 1").EnsureNoErrors().Output);
        Assert.InRange(shell.Run("Get-DcApiToken -PageNumber 1").EnsureNoErrors().Output.Count, 10_000, 100_000);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_bound_is_exact(int more, bool isRead)
    {
        const string Page = """{"data":[],"has_more":false,"total":0}""";
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Connection.ShellTo(emulator, options => options with { MaximumResponseBytes = 100_000 });
        emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = Page.PadRight(100_000 + more) });

        Assert.Equal(isRead, shell.Run("Get-DcApiToken").Errors.Count == 0);
    }

    [Fact]
    public async Task Who_am_I_is_bounded_too()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.GzipBomb, PathPrefix = "/api/v1/me", Megabytes = 64 });
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));

        ShellResult result = shell.Run($"Connect-DcSession -ApiKey $key -BaseUri {emulator.BaseAddress} -PassThru").EnsureNoErrors();

        Assert.Null(Assert.Single(result.As<DcSession>()).User);
        Assert.Contains("larger than 32 MB", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    private static async Task<long> MeasureAsync(EmulatorServer emulator, Shell shell, Fault fault, string command, string errorId)
    {
        shell.Run("Get-DcApiToken").EnsureNoErrors();
        emulator.Requests.Clear();
        emulator.Faults.Add(fault);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        ShellResult result = shell.Run(command);
        Assert.True(await emulator.Requests.WaitForIdleAsync(TimeSpan.FromSeconds(30)));
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.StartsWith(errorId + ",", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(1, emulator.Requests.Count);
        return bytes;
    }
}
