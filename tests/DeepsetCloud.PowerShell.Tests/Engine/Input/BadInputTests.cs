using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>Bad input is refused by the name of its parameter, before anything is sent.</summary>
public class BadInputTests
{
    public static TheoryData<string> Ids { get; } =
        ["", " ", "   ", "\t", ".", "..", "/", "a/b", "../me", "..\\me", "?x=1", "a?x=1", "a#b", "%2e%2e", "%2F..", "a\r\nX-Evil: 1", "a\0", "\u001b[2J"];

    [Theory]
    [InlineData("a b")]
    [MemberData(nameof(Ids))]
    public async Task An_id_that_is_none(string id)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Set("id", id);

        foreach (string script in (string[])[
            "Remove-DcApiToken $id", "Remove-DcApiToken -ApiTokenId $id -Force", "[pscustomobject]@{ ApiTokenId = $id } | Remove-DcApiToken",
            "Get-DcApiToken -ApiTokenId $id", "[pscustomobject]@{ ApiTokenId = $id } | Get-DcApiToken"])
        {
            AssertRefused(shell.Run(script), "ApiTokenId");
        }

        Assert.Equal(0, emulator.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_workspace_that_is_none(string name)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Set("name", name);

        foreach (string set in (string[])["", "-PageNumber 1", "-After x", "-ApiTokenId x", "-First 0"])
        {
            AssertRefused(shell.Run($"Get-DcApiToken -Workspace $name {set}"), "Workspace");
        }

        Assert.Equal(0, emulator.Requests.Count);
    }

    [Fact]
    public async Task One_bad_id_among_good_ones_is_the_only_one_that_is_not_removed()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(2);
        using var shell = new Shell(emulator);
        shell.Set("ids", emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToArray());

        ErrorRecord error = shell.Run("Remove-DcApiToken $ids[0], '..', $ids[1]").Error;

        Assert.Equal("..", error.TargetObject);
        Assert.Equal(2, emulator.Requests.Count);
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Theory]
    [InlineData("Get-DcApiToken -Limit 0", "Limit")]
    [InlineData("Get-DcApiToken -Limit -1", "Limit")]
    [InlineData("Get-DcApiToken -Limit ten", "Limit")]
    [InlineData("Get-DcApiToken -PageNumber 0", "PageNumber")]
    [InlineData("Get-DcApiToken -PageNumber -1", "PageNumber")]
    [InlineData("Get-DcApiToken -PageNumber 1 -Limit 0", "Limit")]
    [InlineData("Get-DcApiToken -After x -Limit 0", "Limit")]
    [InlineData("Get-DcApiToken -First -1", "First")]
    [InlineData("Get-DcApiToken -Skip -1", "Skip")]
    [InlineData("Get-DcApiToken -Name ''", "Name")]
    [InlineData("Get-DcApiToken -Name @()", "Name")]
    [InlineData("Get-DcApiToken -After ''", "After")]
    [InlineData("Get-DcApiToken -Before ''", "Before")]
    [InlineData("Get-DcApiToken -ApiTokenId @()", "ApiTokenId")]
    [InlineData("Get-DcApiToken -ApiTokenId a, ''", "ApiTokenId")]
    [InlineData("Get-DcApiToken -Session $null", "Session")]
    [InlineData("Remove-DcApiToken -ApiTokenId a, $null", "ApiTokenId")]
    [InlineData("Remove-DcApiToken -InputObject $null", "InputObject")]
    [InlineData("Remove-DcApiToken -InputObject text", "InputObject")]
    [InlineData("Remove-DcApiToken a -Session $null", "Session")]
    public async Task Numbers_and_texts_out_of_range(string script, string parameter)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        AssertRefused(shell.Run(script), parameter);

        Assert.Equal(0, emulator.Requests.Count);
    }

    [Theory]
    [InlineData("Get-DcApiToken -First 0", 0, 0)]
    [InlineData("Get-DcApiToken -First 0 -IncludeTotalCount", 1, 1)]
    public async Task First_0_is_legal(string script, int output, int requests)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        using var shell = new Shell(emulator);

        Assert.Equal(output, shell.Run(script).EnsureNoErrors().Output.Count);
        Assert.Equal(requests, emulator.Requests.Count);
    }

    [Theory]
    [InlineData("api_first\nX-Evil: 1")]
    [InlineData("api_first\r\n\r\nGET / HTTP/1.1")]
    [InlineData("api_first second")]
    [InlineData("Bearer api_first\tsecond")]
    [InlineData("api_fürst")]
    [InlineData("api_first\0")]
    [InlineData("Bearer")]
    [InlineData("   ")]
    [InlineData("long")]
    public async Task A_key_that_no_header_may_hold(string key)
    {
        // What servers take in one header ends at 16 to 32 KB.
        key = key == "long" ? "api_" + new string('x', 16 * 1024) : key;
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("baseUri", emulator.BaseAddress.ToString());
        shell.Set("key", Shell.Secure(key));
        shell.Set("credential", new PSCredential("api", Shell.Secure(key)));

        AssertRefused(shell.Run("Connect-DcSession $key -BaseUri $baseUri"), "-ApiKey");
        AssertRefused(shell.Run("Connect-DcSession -Credential $credential -BaseUri $baseUri"), "-Credential");

        Assert.Equal(0, emulator.Connections.Accepted);
        Assert.Empty(shell.Run("Get-DcSession").Output);
    }

    [Theory]
    [InlineData("api.cloud.deepset.ai")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/hosts")]
    [InlineData("https://")]
    [InlineData("https://ada:secret@api.cloud.deepset.ai")]
    [InlineData("https://ada@api.cloud.deepset.ai")]
    [InlineData("https://api.cloud.deepset.ai/?key=secret")]
    [InlineData("https://api.cloud.deepset.ai/#secret")]
    [InlineData("http://api.cloud.deepset.ai")]
    [InlineData("nonsense")]
    [InlineData("   ")]
    public void An_address_that_no_key_may_be_sent_to(string address)
    {
        using var shell = new Shell();
        shell.Set("key", Shell.Secure("api_x"));
        shell.Set("baseUri", address);

        ShellResult result = shell.Run("Connect-DcSession $key -BaseUri $baseUri -SkipVerification");

        AssertRefused(result, "-BaseUri");
        Assert.DoesNotContain("secret", result.Error.Exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-DcSession").Output);
    }

    private static void AssertRefused(ShellResult result, string parameter)
    {
        ErrorRecord error = result.Error;
        Assert.Empty(result.Output);
        Assert.Contains(parameter, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(error.CategoryInfo.Category, (ErrorCategory[])[ErrorCategory.InvalidArgument, ErrorCategory.InvalidData]);
        Assert.DoesNotContain(error.ToString(), char.IsControl);
    }
}
