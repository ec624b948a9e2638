using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>-WhatIf, -Confirm, -Force and the preference variables, in every combination that people meet.</summary>
public class ConfirmationTests
{
    [Theory]
    [InlineData("Remove-DcApiToken $ids -WhatIf")]
    [InlineData("Remove-DcApiToken $ids -WhatIf -Force")]
    [InlineData("Remove-DcApiToken $ids -WhatIf -Confirm:$false")]
    [InlineData("Get-DcApiToken | Remove-DcApiToken -WhatIf -Force")]
    [InlineData("$WhatIfPreference = $true; Remove-DcApiToken $ids")]
    [InlineData("$WhatIfPreference = $true; Remove-DcApiToken $ids -Force")]
    [InlineData("$WhatIfPreference = 1; Remove-DcApiToken $ids -Force")]
    [InlineData("function f { [CmdletBinding(SupportsShouldProcess)] param() Remove-DcApiToken $ids -Force }; f -WhatIf")]
    [InlineData("New-DcApiToken ci -WhatIf")]
    [InlineData("$WhatIfPreference = $true; New-DcApiToken ci")]
    [InlineData("[pscustomobject]@{ Name = 'ci' } | New-DcApiToken -WhatIf -Confirm:$false")]
    public async Task WhatIf_shows_what_would_be_done_and_sends_nothing(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithIds(emulator);

        Assert.DoesNotContain(shell.Run(script).EnsureNoErrors().Output, output => output.BaseObject is CreatedApiToken);

        Assert.Equal(emulator.Requests.Count, emulator.Requests.CountOf("GET"));
        Assert.Equal(2, emulator.Tokens.Count);
        Assert.Contains("What if:", shell.Host.Shown, StringComparison.Ordinal);
        Assert.Contains(script.Contains("New-", StringComparison.Ordinal) ? "the API token 'ci'" : ((string[])shell.Get("ids")!)[1], shell.Host.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remove-DcApiToken $ids")]
    [InlineData("Remove-DcApiToken $ids -Force")]
    [InlineData("$ConfirmPreference = 'Low'; Remove-DcApiToken $ids -Force")]
    [InlineData("$ConfirmPreference = 'Medium'; Remove-DcApiToken $ids -Force")]
    [InlineData("$ConfirmPreference = 'Low'; Remove-DcApiToken $ids -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Remove-DcApiToken $ids")]
    [InlineData("$WhatIfPreference = $true; Remove-DcApiToken $ids -WhatIf:$false -Force")]
    public async Task Without_a_question_it_is_done(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithIds(emulator);

        shell.Run(script).EnsureNoErrors();

        Assert.Empty(shell.Host.Questions);
        Assert.Equal(0, emulator.Tokens.Count);
    }

    [Theory]
    [InlineData("Remove-DcApiToken $ids -Confirm", "&Yes", 2, 0)]
    [InlineData("Remove-DcApiToken $ids -Confirm", "&No", 2, 2)]
    [InlineData("Remove-DcApiToken $ids -Confirm", "Yes to &All", 1, 0)]
    [InlineData("Remove-DcApiToken $ids -Confirm", "No to A&ll", 1, 2)]
    [InlineData("Remove-DcApiToken $ids -Confirm -Force", "&No", 2, 2)]
    [InlineData("Get-DcApiToken | Remove-DcApiToken -Confirm", "&No", 2, 2)]
    [InlineData("$ConfirmPreference = 'Medium'; Remove-DcApiToken $ids", "&No", 2, 2)]
    [InlineData("$ConfirmPreference = 'Low'; Remove-DcApiToken $ids", "&Yes", 2, 0)]
    [InlineData("New-DcApiToken ci -Confirm", "&Yes", 1, 3)]
    [InlineData("New-DcApiToken ci -Confirm", "&No", 1, 2)]
    [InlineData("$ConfirmPreference = 'Medium'; New-DcApiToken ci", "&No", 1, 2)]
    public async Task A_question_is_asked_and_its_answer_counts(string script, string answer, int questions, int tokensLeft)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithIds(emulator);
        shell.Host.Answer = answer;

        shell.Run(script).EnsureNoErrors();

        Assert.Equal(questions, shell.Host.Questions.Count);
        Assert.All(shell.Host.Questions, question => Assert.Contains("127.0.0.1", question, StringComparison.Ordinal));
        Assert.Equal(tokensLeft, emulator.Tokens.Count);
        if (answer.StartsWith('N') || answer == "&No")
        {
            Assert.Equal(emulator.Requests.Count, emulator.Requests.CountOf("GET"));
        }
    }

    [Fact]
    public async Task A_question_names_the_token_by_name_and_id()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithIds(emulator);
        shell.Host.Answer = "&No";

        shell.Run("Get-DcApiToken token-000001 | Remove-DcApiToken -Confirm").EnsureNoErrors();

        string question = Assert.Single(shell.Host.Questions);
        Assert.Contains("'token-000001'", question, StringComparison.Ordinal);
        Assert.Contains(emulator.Tokens.Snapshot()[1].ApiTokenId, question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_answer_nothing_is_done()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = WithIds(emulator);

        ErrorRecord error = shell.Run("Remove-DcApiToken $ids -Confirm").Error;

        Assert.Contains("Nobody is here", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }

    private static Shell WithIds(EmulatorServer emulator)
    {
        emulator.Tokens.Seed(2);
        var shell = new Shell(emulator);
        shell.Set("ids", emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).ToArray());
        return shell;
    }
}
