namespace DeepsetCloud.Tests.Engine.List;

public class GetDcApiTokenTests
{
    [Fact]
    public async Task All_tokens_come_out_in_order()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(250);
        using var shell = new Shell(emulator);

        IReadOnlyList<ApiToken> tokens = shell.Run("Get-DcApiToken").EnsureNoErrors().As<ApiToken>();

        Assert.Equal(emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId), tokens.Select(t => t.ApiTokenId));
        Assert.Equal(3, emulator.Requests.Count);
    }

    [Fact]
    public async Task Removing_downstream_removes_every_token()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(250);
        using var shell = new Shell(emulator);

        shell.Run("Get-DcApiToken | Remove-DcApiToken").EnsureNoErrors();

        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Fact]
    public async Task The_total_comes_first_and_reads_as_PowerShell_writes_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(12);
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("Get-DcApiToken -First 5 -IncludeTotalCount").EnsureNoErrors();

        Assert.Equal(6, result.Output.Count);
        Assert.Equal(12UL, result.Output[0].BaseObject);
        Assert.Equal("limit=5&page_number=1", Assert.Single(emulator.Requests.Snapshot()).Query);
        Assert.Equal("Total count: 12", shell.Run("(Get-DcApiToken -First 0 -IncludeTotalCount).ToString()").EnsureNoErrors().As<string>()[0]);
    }
}
