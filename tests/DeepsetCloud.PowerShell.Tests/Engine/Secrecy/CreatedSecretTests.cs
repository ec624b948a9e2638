using System.Management.Automation;
using System.Net;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Every way out, walked for the secret of a token that has just been created.</summary>
public class CreatedSecretTests : EngineTest
{
    [Fact]
    public void Only_its_sealed_property_holds_it()
    {
        ShellResult result = Run("New-DcApiToken ci -Type Service -ExpiresIn 1:00 -Workspace default -Verbose -Debug");

        CreatedApiToken created = Assert.Single(result.EnsureNoErrors().As<CreatedApiToken>());
        Secret secret = SecretOf(created);
        secret.AssertAbsent(StreamViews.Of(result, Shell));
        secret.AssertAbsent(FormattedViews.Of(created));
        secret.AssertAbsent("the host", Shell.Show("$created = New-DcApiToken ci; $created"));
        new Secret(secret.Text, sealedFormIsAllowed: true).AssertAbsent(ObjectViews.Of(created));
    }

    [Fact]
    public void Its_own_view_does_not_show_it()
    {
        string shown = Shell.Show("New-DcApiToken ci -OutVariable created");

        Assert.Contains("ci", shown, StringComparison.Ordinal);
        SecretOf((CreatedApiToken)Run("$created[0]").Output[0].BaseObject).AssertAbsent("the host", shown);
    }

    [Fact]
    public void As_plain_text_it_is_the_output_and_nothing_else()
    {
        ShellResult result = Run("New-DcApiToken ci -AsPlainText -Verbose -Debug").EnsureNoErrors();

        new Secret(Assert.Single(result.As<string>())).AssertAbsent(StreamViews.Of(result, Shell));
    }

    [Fact]
    public async Task Neither_the_session_nor_a_listing_keeps_it()
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();

        Secret secret = SecretOf(Assert.Single(Run("New-DcApiToken ci").EnsureNoErrors().As<CreatedApiToken>()));

        DcSession session = Assert.Single(Run("Get-DcSession").As<DcSession>());
        secret.AssertAbsent(ObjectViews.Of(session));
        secret.AssertAbsent(ObjectViews.Of(Run("Get-DcApiToken").EnsureNoErrors().Output[0]));

        // The buffer of an open connection still has the answer; nothing has it when the connection is closed.
        Run("Disconnect-DcSession").EnsureNoErrors();
        Assert.True(await Emulator.Connections.WaitForNoneAsync(Patience));
        Assert.Null(ObjectGraph.Find(session, secret.Text));
    }

    [Fact]
    public void A_secret_that_waits_in_the_session_is_not_shown_with_it()
    {
        CreatedApiToken created = Assert.Single(Run("New-DcApiToken ci").EnsureNoErrors().As<CreatedApiToken>());
        DcSession session = Assert.Single(Run("Get-DcSession").As<DcSession>());
        session.Hold(created, this);
        session.Keep(created);

        SecretOf(created).AssertAbsent(ObjectViews.Of(session));
        SecretOf(created).AssertAbsent(FormattedViews.Of(session));
        Assert.Same(created, session.RecoverToken());
    }

    [Theory]
    [InlineData("$cre")]
    [InlineData("Get-DcApiToken -ApiTokenId $")]
    [InlineData("Remove-DcApiToken $")]
    public void Tab_completion_does_not_offer_it(string line)
    {
        Run("$created = New-DcApiToken ci").EnsureNoErrors();
        using var completer = PowerShell.Create(Shell.Runspace);

        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, completer);

        Assert.NotEmpty(completion.CompletionMatches);
        SecretOf(Assert.IsType<CreatedApiToken>(Shell.Get("created"))).AssertAbsent(
            completion.CompletionMatches.Select(match => (line, $"{match.CompletionText} {match.ListItemText} {match.ToolTip}")));
    }

    [Theory]
    [InlineData(201, """{"api_token":"{0}" """)]
    [InlineData(201, """{"api_token":"{0}""")]
    [InlineData(201, """{"api_token":{0}}""")]
    [InlineData(201, """{"api_token":t{0}}""")]
    [InlineData(201, """{"api_token":["{0}"]}""")]
    [InlineData(201, """{"api_token":{"value":"{0}"}}""")]
    [InlineData(201, """{"api_token":"{0}\x"}""")]
    [InlineData(201, """{"api_token":"{0}\ud800"}""")]
    [InlineData(201, """{"key":"{0}"}""")]
    [InlineData(201, """["{0}"]""")]
    [InlineData(201, "\"{0}\"")]
    [InlineData(201, "{0}")]
    [InlineData(201, "n{0}")]
    [InlineData(201, "<html><title>{0}</title></html>")]
    [InlineData(302, """{"api_token":"{0}"}""")]
    [InlineData(409, """{"detail":"exists: {0}"}""")]
    [InlineData(422, """{"detail":[{"loc":["body","{0}"],"msg":"{0}"}]}""")]
    [InlineData(500, """{"api_token":"{0}"}""")]
    [InlineData(500, "created {0}, then failed")]
    [InlineData(502, "<html><title>{0}</title></html>")]
    public void An_answer_that_is_broken_does_not_bring_it_to_light(int status, string body)
    {
        var secret = new Secret("api_" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"));
        Emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.RawBody,
            Method = "POST",
            Status = status,
            Body = body.Replace("{0}", secret.Text, StringComparison.Ordinal),
        });

        ShellResult result = Run("New-DcApiToken ci -Verbose -Debug");

        Assert.Empty(result.Output);
        Assert.NotNull(result.Error);
        secret.AssertAbsent(StreamViews.Of(result, Shell));
    }

    private static Secret SecretOf(CreatedApiToken created) => new(new NetworkCredential("", created.ApiToken).Password);
}
