using System.Text.RegularExpressions;

namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>-WhatIf, -Confirm, -Force and the preference variables, in every combination that people meet; for creation, too.</summary>
public class ConfirmationTests : EngineTest
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
    public void WhatIf_shows_what_would_be_done_and_sends_nothing(string script)
    {
        string[] ids = Seed(2);

        Assert.DoesNotContain(Run(script).EnsureNoErrors().Output, output => output.BaseObject is CreatedApiToken);

        Assert.Equal(script.StartsWith("Get-", StringComparison.Ordinal) ? 1 : 0, Emulator.Requests.Count);
        Assert.Equal(2, Emulator.Tokens.Count);
        string[] targets = script.Contains("New-", StringComparison.Ordinal) ? ["the API token 'ci'"] : ids;
        Assert.All(targets, target => Assert.Matches($"What if: Performing the operation .*{Regex.Escape(target)}.* at 127", Shell.Host.Shown));
    }

    [Theory]
    [InlineData("Remove-DcApiToken $ids")]
    [InlineData("Remove-DcApiToken $ids -Force")]
    [InlineData("$ConfirmPreference = 'Low'; Remove-DcApiToken $ids -Force")]
    [InlineData("$ConfirmPreference = 'Medium'; Remove-DcApiToken $ids -Force")]
    [InlineData("$ConfirmPreference = 'Low'; Remove-DcApiToken $ids -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Remove-DcApiToken $ids")]
    [InlineData("$WhatIfPreference = $true; Remove-DcApiToken $ids -WhatIf:$false -Force")]
    public void Tokens_are_removed_without_a_question(string script)
    {
        Seed(2);

        Run(script).EnsureNoErrors();

        Assert.Empty(Shell.Host.Questions);
        Assert.Equal(0, Emulator.Tokens.Count);
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
    public void A_question_is_asked_and_a_no_sends_nothing(string script, string answer, int questions, int tokensLeft)
    {
        Seed(2);
        Shell.Host.Answer = answer;

        Run(script).EnsureNoErrors();

        Assert.Equal(questions, Shell.Host.Questions.Count);
        Assert.All(Shell.Host.Questions, question => Assert.Contains("127.0.0.1", question, StringComparison.Ordinal));
        Assert.Equal(tokensLeft, Emulator.Tokens.Count);
        if (tokensLeft == 2)
        {
            Assert.Equal(script.StartsWith("Get-", StringComparison.Ordinal) ? 1 : 0, Emulator.Requests.Count);
        }
    }

    [Fact]
    public void A_question_names_the_token_by_name_and_id()
    {
        string[] ids = Seed(2);
        Shell.Host.Answer = "&No";

        Run("Get-DcApiToken token-000001 | Remove-DcApiToken -Confirm").EnsureNoErrors();

        string question = Assert.Single(Shell.Host.Questions);
        Assert.Contains("'token-000001'", question, StringComparison.Ordinal);
        Assert.Contains(ids[1], question, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_can_be_asked_nothing_is_done()
    {
        Seed(1);

        Assert.Contains("Nobody is here", Run("Remove-DcApiToken $ids -Confirm").Error.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, Emulator.Requests.Count);
    }
}
