using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Every way out that PowerShell has, walked for the bearer token of a session.</summary>
public class BearerTokenSecrecyTests
{
    private readonly Secret _secret = Secret.Make();

    [Fact]
    public async Task The_session_shows_it_in_no_view_and_no_member()
    {
        await using EmulatorServer emulator = await Emulator();
        using var shell = new Shell(emulator, "");
        DcSession session = Assert.Single(shell.Run("Get-DcSession").As<DcSession>());

        _secret.AssertAbsent("the session's own view", shell.Show("Get-DcSession"));
        _secret.AssertAbsent(ObjectViews.Of(session));
        _secret.AssertAbsent(FormattedViews.Of(session));
    }

    [Fact]
    public async Task Nor_do_the_tokens_that_were_listed_or_created_with_it()
    {
        await using EmulatorServer emulator = await Emulator();
        emulator.Tokens.Seed(2);
        using var shell = new Shell(emulator, "");

        foreach (PSObject output in shell.Run("Get-DcApiToken; New-DcApiToken ci; Remove-DcApiToken none -ErrorAction Ignore -PassThru").EnsureNoErrors().Output)
        {
            _secret.AssertAbsent(ObjectViews.Of(output));
            _secret.AssertAbsent(FormattedViews.Of(output));
        }
    }

    [Fact]
    public async Task No_stream_tells_it()
    {
        await using EmulatorServer emulator = await Emulator();
        emulator.Tokens.Seed(120);
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 503, RetryAfter = TimeSpan.Zero, Method = "GET", Skip = 1 });
        using var shell = new Shell();
        Prepare(shell, emulator);

        ShellResult result = shell.Run(
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
        _secret.AssertAbsent(StreamViews.Of(result, shell));
    }

    [Fact]
    public async Task No_variable_of_the_runspace_shows_it()
    {
        await using EmulatorServer emulator = await Emulator();
        using var shell = new Shell(emulator, "");
        shell.Run("$key = $null; Get-DcApiToken").EnsureNoErrors();

        ShellResult variables = shell.Run(
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
    public async Task Tab_completion_does_not_offer_it(string line)
    {
        await using EmulatorServer emulator = await Emulator();
        emulator.Tokens.Seed(2);
        using var shell = new Shell(emulator, "");
        shell.Run("$session = Get-DcSession").EnsureNoErrors();
        using var completer = PowerShell.Create(shell.Runspace);

        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, completer);

        foreach (CompletionResult match in completion.CompletionMatches)
        {
            _secret.AssertAbsent("completion of " + line, $"{match.CompletionText} {match.ListItemText} {match.ToolTip}");
        }

        _secret.AssertAbsent("the host", shell.Host.Shown);
    }

    [Theory]
    [InlineData("Connect-DcSession -ApiKey $text -BaseUri $baseUri")]
    [InlineData("Connect-DcSession $text -BaseUri $baseUri")]
    [InlineData("Connect-DcSession -ApiKey $broken -BaseUri $baseUri")]
    [InlineData("Connect-DcSession -ApiKey $key -BaseUri $asAddress")]
    [InlineData("Connect-DcSession -ApiKey $key -BaseUri $text")]
    public async Task A_key_in_the_wrong_place_is_not_repeated(string script)
    {
        await using EmulatorServer emulator = await Emulator();
        using var shell = new Shell();
        Prepare(shell, emulator);
        shell.Set("text", _secret.Text);
        shell.Set("broken", Shell.Secure(_secret.Text + "\n" + _secret.Text));
        shell.Set("asAddress", $"https://key:{_secret.Text}@127.0.0.1/");

        ShellResult result = shell.Run(script);

        Assert.NotNull(result.Error);
        Assert.Equal(0, emulator.Requests.Count);
        _secret.AssertAbsent(StreamViews.Of(result, shell));
    }

    private Task<EmulatorServer> Emulator() => EmulatorServer.StartAsync(new EmulatorOptions { AcceptedUserToken = _secret.Text });

    private void Prepare(Shell shell, EmulatorServer emulator)
    {
        shell.Set("key", Shell.Secure(_secret.Text));
        shell.Set("baseUri", emulator.BaseAddress.ToString());
    }
}
