namespace DeepsetCloud.Tests.Engine.List;

/// <summary>-First and -Skip read what is wanted and no more.</summary>
public class WindowTests
{
    private const int Count = 10_000;

    [Theory]
    [InlineData("-First 5", 0, 5, 1)]
    [InlineData("-First 100", 0, 100, 1)]
    [InlineData("-First 150", 0, 150, 2)]
    [InlineData("-First 25 -Limit 10", 0, 25, 3)]
    [InlineData("-Skip 3 -First 5", 3, 5, 1)]
    [InlineData("-Skip 250 -First 5", 250, 5, 1)]
    [InlineData("-Skip 295 -First 10", 295, 10, 2)]
    [InlineData("-Skip 9990", 9_990, 10, 1)]
    [InlineData("-Skip 9900 -First 1000", 9_900, 100, 1)]
    [InlineData("-Skip 9850", 9_850, 150, 2)]
    [InlineData("-Skip 10000", 10_000, 0, 1)]
    [InlineData("-Skip 18446744073709551615 -First 18446744073709551615", 10_000, 0, 1)]
    [InlineData("-First 0", 0, 0, 0)]
    [InlineData("", 0, Count, 100)]
    [InlineData("-Skip 5", 5, Count - 5, 100)]
    [InlineData("-First 2 -Name token-000[0-4]0?", 9_950, 2, 100)]
    [InlineData("-Skip 1 -First 2 -Name token-000[0-4]0?", 9_951, 2, 100)]
    public async Task Only_the_pages_of_the_window_are_read(string window, int skip, int take, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(Count);
        using Shell shell = Connection.ShellTo(emulator);
        string[] expected = window.Contains("-Name", StringComparison.Ordinal)
            ? [.. Newest(emulator).Where(t => t.Name!.StartsWith("token-000", StringComparison.Ordinal) && t.Name[9] < '5' && t.Name[10] == '0').Select(t => t.ApiTokenId).Skip(skip - 9_950).Take(take)]
            : [.. Newest(emulator).Select(t => t.ApiTokenId).Skip(skip).Take(take)];

        ShellResult result = shell.Run($"Get-DcApiToken {window}").EnsureNoErrors();

        Assert.Equal(take, expected.Length);
        Assert.Equal(expected, result.As<ApiToken>().Select(t => t.ApiTokenId));
        Assert.Equal(requests, emulator.Requests.Count);
    }

    [Theory]
    [InlineData("-First 5", Count, 1)]
    [InlineData("-First 0", Count, 1)]
    [InlineData("-Skip 250 -First 5", Count, 1)]
    [InlineData("-Skip 20000", Count, 1)]
    [InlineData("-First 0 -Name token-00000*", 10, 100)]
    public async Task The_total_costs_no_more(string window, int total, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(Count);
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run($"Get-DcApiToken {window} -IncludeTotalCount").EnsureNoErrors();

        Assert.Equal((ulong)total, result.Output[0].BaseObject);
        Assert.Equal(1.0, result.Output[0].Properties["Accuracy"].Value);
        Assert.Equal(requests, emulator.Requests.Count);
    }

    // Positions move with the list, so there is nothing to prove: no second reading.
    [Fact]
    public async Task A_window_of_an_older_service_is_read_once()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Generation = ApiGeneration.Classic });
        emulator.Tokens.Seed(Count);
        using Shell shell = Connection.ShellTo(emulator);

        shell.Run("Get-DcApiToken -Skip 100 -First 250").EnsureNoErrors();

        Assert.Equal(3, emulator.Requests.Count);
    }

    private static IEnumerable<StoredToken> Newest(EmulatorServer emulator) => emulator.Tokens.Snapshot().Reverse();
}
