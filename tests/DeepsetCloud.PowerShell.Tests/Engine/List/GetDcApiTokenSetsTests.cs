using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Every parameter and parameter set of Get-DcApiToken.</summary>
public class GetDcApiTokenSetsTests
{
    [Theory]
    [InlineData("Get-DcApiToken -First 3", "0,1,2")]
    [InlineData("Get-DcApiToken -Skip 9", "9,10,11")]
    [InlineData("Get-DcApiToken -First 3 -Skip 2", "2,3,4")]
    [InlineData("Get-DcApiToken -First 3 -Skip 11", "11")]
    [InlineData("Get-DcApiToken -Skip 100", "")]
    [InlineData("Get-DcApiToken -Skip 18446744073709551615 -Limit 1", "")]
    [InlineData("Get-DcApiToken -First 0", "")]
    [InlineData("Get-DcApiToken -First 7 -Skip 2 -Limit 3", "2,3,4,5,6,7,8")]
    [InlineData("Get-DcApiToken -First 18446744073709551615 -Skip 10", "10,11")]
    [InlineData("Get-DcApiToken token-00000?", "2,3,4,5,6,7,8,9,10,11")]
    [InlineData("Get-DcApiToken -Name TOKEN-000003, *11", "0,8")]
    [InlineData("Get-DcApiToken token-*5, *3 -First 1 -Skip 1", "8")]
    [InlineData("Get-DcApiToken *none*", "")]
    public async Task Windows_and_names_choose(string script, string positions)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(12);
        using var shell = new Shell(emulator);

        IEnumerable<string> ids = shell.Run(script).EnsureNoErrors().As<ApiToken>().Select(token => token.ApiTokenId);

        StoredToken[] list = [.. emulator.Tokens.Snapshot().Reverse()];
        IEnumerable<int> expected = positions.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        Assert.Equal(expected.Select(i => list[i].ApiTokenId), ids);
    }

    [Theory]
    [InlineData("Get-DcApiToken -IncludeTotalCount", 12, 12)]
    [InlineData("Get-DcApiToken -IncludeTotalCount -First 2 -Skip 1", 12, 2)]
    [InlineData("Get-DcApiToken -IncludeTotalCount -First 0", 12, 0)]
    [InlineData("Get-DcApiToken -IncludeTotalCount -Name *1*", 3, 3)]
    [InlineData("Get-DcApiToken -IncludeTotalCount -Name *1* -First 1", 3, 1)]
    [InlineData("Get-DcApiToken -IncludeTotalCount -Skip 50", 12, 0)]
    public async Task The_total_counts_what_there_is_before_First_and_Skip(string script, int total, int tokens)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(12);
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run(script).EnsureNoErrors();

        Assert.Equal((ulong)total, result.Output[0].BaseObject);
        Assert.Equal(1.0, result.Output[0].Properties["Accuracy"].Value);
        Assert.Equal(tokens, result.Output.Skip(1).Count(output => output.BaseObject is ApiToken));
        Assert.Equal(tokens + 1, result.Output.Count);
    }

    [Fact]
    public async Task Ids_come_as_an_argument_or_by_property_name()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(5);
        using var shell = new Shell(emulator);
        string[] ids = [.. emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        shell.Set("ids", ids[1..3]);

        foreach (string script in (string[])[
            "Get-DcApiToken -ApiTokenId $ids", "$ids | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_ } } | Get-DcApiToken"])
        {
            IReadOnlyList<ApiToken> tokens = shell.Run(script).EnsureNoErrors().As<ApiToken>();
            Assert.Equal(ids[1..3].Order(), tokens.Select(token => token.ApiTokenId).Order());
        }
    }

    [Fact]
    public async Task Listed_tokens_can_be_looked_at_again()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(5);
        using var shell = new Shell(emulator);

        Assert.Equal(3, shell.Run("Get-DcApiToken -First 3 | Get-DcApiToken").EnsureNoErrors().As<ApiToken>().Count);
    }

    [Fact]
    public async Task What_is_missing_is_an_error_each_and_the_rest_is_written()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(2);
        using var shell = new Shell(emulator);
        shell.Set("id", emulator.Tokens.Snapshot()[0].ApiTokenId);

        ShellResult byId = shell.Run("Get-DcApiToken -ApiTokenId none, $id");
        ShellResult byName = shell.Run("Get-DcApiToken -Name token-000001, other");

        Assert.Single(byId.As<ApiToken>());
        Assert.Single(byName.As<ApiToken>());
        Assert.Equal(("none", "other"), (byId.Error.TargetObject, byName.Error.TargetObject));
        Assert.All([byId.Error, byName.Error], error =>
        {
            Assert.Equal("ApiTokenNotFound,DeepsetCloud.Commands.GetDcApiTokenCommand", error.FullyQualifiedErrorId);
            Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        });
    }

    [Fact]
    public async Task A_workspace_has_a_list_of_its_own()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Workspaces = { "my workspace" } });
        emulator.Tokens.Create(new NewToken { Name = "in", Workspaces = ["my workspace"] });
        emulator.Tokens.Create(new NewToken { Name = "both", Workspaces = ["my workspace", "default"] });
        emulator.Tokens.Create(new NewToken { Name = "out" });
        using var shell = new Shell(emulator);

        Assert.Equal("in", Assert.Single(shell.Run("Get-DcApiToken -Workspace 'my workspace'").EnsureNoErrors().As<ApiToken>()).Name);
        Assert.Equal("in", Assert.Single(shell.Run("Get-DcApiToken -PageNumber 1 -Workspace 'my workspace'").EnsureNoErrors().As<ApiToken>()).Name);
        Assert.All(emulator.Requests.Snapshot(), request => Assert.Equal("/api/v1/workspaces/my%20workspace/token", request.Path));
    }

    [Fact]
    public async Task A_workspace_that_does_not_exist_is_an_error_that_names_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ErrorRecord error = shell.Run("Get-DcApiToken -Workspace elsewhere").Error;

        Assert.StartsWith("InvalidRequest,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("elsewhere", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_cursors_are_the_service_s_own()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(30);
        using var shell = new Shell(emulator);
        string[] list = [.. emulator.Tokens.Snapshot().Reverse().Select(token => token.ApiTokenId)];
        shell.Set("cursor", list[10]);

        string[] Ids(string script) => [.. shell.Run(script).EnsureNoErrors().As<ApiToken>().Select(token => token.ApiTokenId)];
        Assert.Equal(list[10..20], Ids("Get-DcApiToken -PageNumber 2"));
        Assert.Equal(list[6..9], Ids("Get-DcApiToken -PageNumber 3 -Limit 3"));
        Assert.Empty(Ids("Get-DcApiToken -PageNumber 9"));
        Assert.Equal(list[11..13], Ids("Get-DcApiToken -After $cursor -Limit 2"));
        Assert.Equal(list[8..10], Ids("Get-DcApiToken -Before $cursor -Limit 2"));
        Assert.Equal(5, emulator.Requests.Count);
    }

    [Fact]
    public async Task Input_without_a_record_lists_nothing()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        using var shell = new Shell(emulator);

        Assert.Empty(shell.Run("@() | Get-DcApiToken").EnsureNoErrors().Output);
        Assert.Equal(0, emulator.Requests.Count);
    }
}
