using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>The text of a token is its name, and somebody may name a token after the id of another one.</summary>
public class TokenAsIdTests
{
    [Theory]
    [InlineData("Remove-DcApiToken $token")]
    [InlineData("Remove-DcApiToken -InputObject $token")]
    [InlineData("$token | Remove-DcApiToken")]
    [InlineData("Import-Copy $token | Remove-DcApiToken")]
    public async Task A_token_is_never_taken_for_the_one_that_it_is_named_after(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Trap(emulator, out string victim);

        shell.Run(script).EnsureNoErrors();

        Assert.Equal(victim, Assert.Single(emulator.Tokens.Snapshot()).ApiTokenId);
    }

    [Theory]
    [InlineData("Remove-DcApiToken -ApiTokenId $token")]
    [InlineData("Remove-DcApiToken -ApiTokenId @($token)")]
    [InlineData("Remove-DcApiToken @($token, $token)")]
    [InlineData("Remove-DcApiToken -ApiTokenId 'a', $token")]
    [InlineData("Remove-DcApiToken (Import-Copy $token)")]
    [InlineData("Remove-DcApiToken -ApiTokenId ([System.Collections.ArrayList]@($token))")]
    public async Task Tokens_in_place_of_ids_are_refused(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Trap(emulator, out _);

        ErrorRecord error = shell.RunToError(script);

        Assert.Contains("A token is not an id", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, emulator.Tokens.Count);
        Assert.DoesNotContain(emulator.Requests.Snapshot(), request => request.Method == "DELETE");
    }

    [Theory]
    [InlineData("Get-DcApiToken -ApiTokenId $token")]
    [InlineData("Get-DcApiToken -ApiTokenId @($token)")]
    [InlineData("Get-DcApiToken -ApiTokenId (Import-Copy $token)")]
    [InlineData("$token | Get-DcApiToken")]
    public async Task To_list_a_token_again_it_stands_for_its_id(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Trap(emulator, out string victim);

        Assert.Equal(victim, Assert.Single(shell.Run(script).EnsureNoErrors().As<ApiToken>()).Name);
    }

    // $token has the id of the other one, the victim, for a name.
    private static Shell Trap(EmulatorServer emulator, out string victim)
    {
        var id = Guid.NewGuid();
        victim = id.ToString();
        emulator.Tokens.Create(new NewToken { Id = id, Name = "production" });
        emulator.Tokens.Create(new NewToken { Name = victim });
        var shell = new Shell(emulator);
        shell.Set("victim", victim);
        shell.Run(
            """
            $token = Get-DcApiToken -Name $victim
            function Import-Copy($token) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($token)) }
            """).EnsureNoErrors();
        return shell;
    }
}
