using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Every way out that PowerShell has, walked for the bearer token of a session.</summary>
public class BearerTokenSecrecyTests : EngineTest
{
    private readonly Secret _secret = Secret.Make();

    private protected override bool HasDefaultSession => false;

    public override async ValueTask InitializeAsync()
    {
        await StartAsync(new EmulatorOptions { AcceptedUserToken = _secret.Text }, key: _secret.Text);
        Emulator.Tokens.Seed(120);
    }

    [Fact]
    public void The_session_shows_the_key_in_no_view_and_no_member()
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();
        DcSession session = Assert.Single(Run("Get-DcSession").As<DcSession>());

        _secret.AssertAbsent("the session's own view", Shell.Show("Get-DcSession"));
        _secret.AssertAbsent(ObjectViews.Of(session));
        _secret.AssertAbsent(FormattedViews.Of(session));
    }

    [Fact]
    public void Listed_and_created_tokens_do_not_show_the_key_of_their_session()
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();

        foreach (PSObject output in Run("Get-DcApiToken -First 2; New-DcApiToken ci; Remove-DcApiToken none -ErrorAction Ignore -PassThru").EnsureNoErrors().Output)
        {
            _secret.AssertAbsent(ObjectViews.Of(output));
            _secret.AssertAbsent(FormattedViews.Of(output));
        }
    }

    [Fact]
    public void No_stream_shows_the_key()
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 503, RetryAfter = TimeSpan.Zero, Method = "GET", Skip = 1 });

        ShellResult result = Run(
            """
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            Connect-DcSession $key -BaseUri $baseUri -Verbose -Debug
            Get-DcSession -Verbose -Debug
            Get-DcApiToken -Verbose -Debug
            Get-DcApiToken -PageNumber 1 -Verbose -Debug
            New-DcApiToken ci -Verbose -Debug -WhatIf
            New-DcApiToken ci -Verbose -Debug
            Get-DcApiToken -First 2 | Remove-DcApiToken -Verbose -Debug
            Get-DcApiToken -ApiTokenId none -Verbose -Debug
            Remove-DcApiToken none, '..' -Verbose -Debug
            New-DcApiToken -Workspace nowhere -Verbose -Debug
            Disconnect-DcSession -Verbose -Debug
            """);

        Assert.NotEmpty(result.Verbose);
        Assert.Equal(4, result.Errors.Count);
        _secret.AssertAbsent(StreamViews.Of(result, Shell));
    }

    [Fact]
    public void No_variable_of_the_runspace_shows_the_key()
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();
        Run("$key = $null; Get-DcApiToken").EnsureNoErrors();

        ShellResult variables = Run(
            "$ExecutionContext.InvokeProvider.ChildItem.Get('variable:', $false); $ExecutionContext.SessionState.PSVariable.GetValue('__DeepsetCloudDefaultSession')");

        Assert.True(variables.EnsureNoErrors().Output.Count > 20);
        foreach (PSObject output in variables.Output)
        {
            _secret.AssertAbsent($"{(output.BaseObject as PSVariable)?.Name}", output.ToString());
            object? value = output.BaseObject is PSVariable variable ? variable.Value : output;
            if (value is PSObject or DcSession or string)
            {
                _secret.AssertAbsent(ObjectViews.Of(value));
            }
        }
    }

    [Theory]
    [InlineData("Connect-DcSession -ApiKey ")]
    [InlineData("Connect-DcSession -BaseUri ")]
    [InlineData("Connect-DcSession -")]
    [InlineData("Get-DcApiToken -Session ")]
    [InlineData("Get-DcApiToken -Session $")]
    [InlineData("Remove-DcApiToken ")]
    [InlineData("$__")]
    [InlineData("(Get-DcSession).")]
    [InlineData("$session.")]
    [InlineData("$session | ForEach-Object ")]
    public void Tab_completion_does_not_offer_the_key(string line)
    {
        Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();
        Run("$session = Get-DcSession").EnsureNoErrors();
        using var completer = PowerShell.Create(Shell.Runspace);

        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, completer);

        foreach (CompletionResult match in completion.CompletionMatches)
        {
            _secret.AssertAbsent("completion of " + line, $"{match.CompletionText} {match.ListItemText} {match.ToolTip}");
        }

        _secret.AssertAbsent("the host", Shell.Host.Shown);
    }

    [Theory]
    [InlineData("Connect-DcSession -ApiKey $text -BaseUri $baseUri")]
    [InlineData("Connect-DcSession $text -BaseUri $baseUri")]
    [InlineData("Connect-DcSession -ApiKey $broken -BaseUri $baseUri")]
    [InlineData("Connect-DcSession -ApiKey $key -BaseUri $asAddress")]
    [InlineData("Connect-DcSession -ApiKey $key -BaseUri $text")]
    public void A_key_in_the_wrong_place_is_not_repeated(string script)
    {
        Shell.Set("text", _secret.Text);
        Shell.Set("broken", Shell.Secure(_secret.Text + "\n" + _secret.Text));
        Shell.Set("asAddress", $"https://key:{_secret.Text}@127.0.0.1/");

        ShellResult result = Run(script);

        Assert.NotNull(result.Error);
        Assert.Equal(0, Emulator.Requests.Count);
        _secret.AssertAbsent(StreamViews.Of(result, Shell));
    }
}
