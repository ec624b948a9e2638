using System.Management.Automation;
using System.Net;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Every way out, walked for the secret of a token that has just been created.</summary>
public class CreatedSecretTests
{
    [Fact]
    public async Task Only_its_sealed_property_holds_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("New-DcApiToken ci -Type Service -ExpiresIn 1:00 -Workspace default -Verbose -Debug");

        CreatedApiToken created = Assert.Single(result.EnsureNoErrors().As<CreatedApiToken>());
        Secret secret = SecretOf(created);
        secret.AssertAbsent(StreamViews.Of(result, shell));
        secret.AssertAbsent(FormattedViews.Of(created));
        secret.AssertAbsent("the host", shell.Show("$created = New-DcApiToken ci; $created"));
        new Secret(secret.Text, sealedFormIsAllowed: true).AssertAbsent(ObjectViews.Of(created));
    }

    [Fact]
    public async Task Its_own_view_does_not_show_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        string shown = shell.Show("New-DcApiToken ci -OutVariable created");

        Assert.Contains("ci", shown, StringComparison.Ordinal);
        SecretOf((CreatedApiToken)shell.Run("$created[0]").Output[0].BaseObject).AssertAbsent("the host", shown);
    }

    [Fact]
    public async Task As_plain_text_it_is_the_output_and_nothing_else()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("New-DcApiToken ci -AsPlainText -Verbose -Debug").EnsureNoErrors();

        new Secret(Assert.Single(result.As<string>())).AssertAbsent(StreamViews.Of(result, shell));
    }

    [Fact]
    public async Task Neither_the_session_nor_a_listing_keeps_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator, "");

        Secret secret = SecretOf(Assert.Single(shell.Run("New-DcApiToken ci").EnsureNoErrors().As<CreatedApiToken>()));

        DcSession session = Assert.Single(shell.Run("Get-DcSession").As<DcSession>());
        secret.AssertAbsent(ObjectViews.Of(session));
        secret.AssertAbsent(ObjectViews.Of(shell.Run("Get-DcApiToken").EnsureNoErrors().Output[0]));

        // The buffer of an open connection still has the answer; nothing has it when the connection is closed.
        shell.Run("Disconnect-DcSession").EnsureNoErrors();
        Assert.True(await emulator.Connections.WaitForNoneAsync(TimeSpan.FromSeconds(30)));
        Assert.Null(ObjectGraph.Find(session, secret.Text));
    }

    [Fact]
    public async Task A_secret_that_waits_in_the_session_is_not_shown_with_it()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        CreatedApiToken created = Assert.Single(shell.Run("New-DcApiToken ci").EnsureNoErrors().As<CreatedApiToken>());
        DcSession session = Assert.Single(shell.Run("Get-DcSession").As<DcSession>());
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
    public async Task Tab_completion_does_not_offer_it(string line)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run("$created = New-DcApiToken ci").EnsureNoErrors();
        using var completer = PowerShell.Create(shell.Runspace);

        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, completer);

        Assert.NotEmpty(completion.CompletionMatches);
        SecretOf(Assert.IsType<CreatedApiToken>(shell.Get("created"))).AssertAbsent(
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
    public async Task An_answer_that_is_broken_does_not_bring_it_to_light(int status, string body)
    {
        var secret = new Secret("api_" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"));
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.RawBody,
            Method = "POST",
            Status = status,
            Body = body.Replace("{0}", secret.Text, StringComparison.Ordinal),
        });
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run("New-DcApiToken ci -Verbose -Debug");

        Assert.Empty(result.Output);
        Assert.NotNull(result.Error);
        secret.AssertAbsent(StreamViews.Of(result, shell));
    }

    private static Secret SecretOf(CreatedApiToken created) => new(new NetworkCredential("", created.ApiToken).Password);
}
