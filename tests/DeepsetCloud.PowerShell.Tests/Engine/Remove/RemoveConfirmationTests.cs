namespace DeepsetCloud.Tests.Engine.Remove;

public class RemoveConfirmationTests
{
    [Theory]
    [InlineData("Remove-DcApiToken $ids -Session $session -WhatIf")]
    [InlineData("Remove-DcApiToken $ids -Session $session -WhatIf -Force")]
    [InlineData("$WhatIfPreference = $true; Remove-DcApiToken $ids -Session $session")]
    [InlineData("$WhatIfPreference = $true; Remove-DcApiToken $ids -Session $session -Force")]
    [InlineData("function Remove-All { [CmdletBinding(SupportsShouldProcess)] param() Remove-DcApiToken $ids -Session $session -Force }; Remove-All -WhatIf")]
    public async Task WhatIf_says_what_would_be_removed_and_sends_nothing(string script)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected);

        connected.Run(script).EnsureNoErrors();

        AssertUntouched(connected);
        Assert.All(ids, id => Assert.Contains($"What if: Performing the operation \"Remove\" on target \"API token {id} at 127.0.0.1:{connected.Emulator.BaseAddress.Port}\"", connected.Shell.Host.Shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("&No", 3, "-Confirm")]
    [InlineData("No to A&ll", 1, "-Confirm")]
    [InlineData("&No", 3, "-Confirm -Force")]
    public async Task Nothing_is_sent_for_what_the_user_declines(string answer, int questions, string arguments)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected);
        connected.Shell.Host.Answer = answer;

        connected.Run($"Remove-DcApiToken $ids -Session $session {arguments}").EnsureNoErrors();

        Assert.Equal(questions, connected.Shell.Host.Questions.Count);
        AssertUntouched(connected);
    }

    [Theory]
    [InlineData("Remove-DcApiToken $ids -Session $session", "&No", 0)]
    [InlineData("Remove-DcApiToken $ids -Session $session -Confirm", "&Yes", 3)]
    [InlineData("Remove-DcApiToken $ids -Session $session -Confirm", "Yes to &All", 1)]
    [InlineData("$ConfirmPreference = 'Medium'; Remove-DcApiToken $ids -Session $session", "&Yes", 3)]
    [InlineData("$ConfirmPreference = 'Low'; Remove-DcApiToken $ids -Session $session -Force", "&No", 0)]
    public async Task What_is_confirmed_or_not_asked_for_is_removed(string script, string answer, int questions)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected);
        connected.Shell.Host.Answer = answer;

        connected.Run(script).EnsureNoErrors();

        Assert.Equal(questions, connected.Shell.Host.Questions.Count);
        Assert.Equal(0, connected.Emulator.Tokens.Count);
    }

    [Theory]
    [InlineData("New-DcApiToken ci -Session $session -WhatIf", null)]
    [InlineData("New-DcApiToken ci -Session $session -Confirm", "&No")]
    public async Task A_creation_that_is_not_confirmed_sends_nothing_either(string script, string? answer)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Shell.Host.Answer = answer;

        Assert.Empty(connected.Run(script).EnsureNoErrors().Output);

        Assert.Equal(0, connected.Emulator.Requests.Count);
    }

    private static void AssertUntouched(ConnectedShell connected)
    {
        Assert.Equal(0, connected.Emulator.Requests.Count);
        Assert.Equal(0, connected.Emulator.Connections.Accepted);
        Assert.Equal(3, connected.Emulator.Tokens.Count);
    }

    private static string[] Seed(ConnectedShell connected)
    {
        connected.Emulator.Tokens.Seed(3);
        string[] ids = [.. connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        connected.Shell.Set("ids", ids);
        return ids;
    }
}
