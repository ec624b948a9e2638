namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>How a secret is had that a session keeps.</summary>
[Collection(EnvironmentTests.Name)]
public class RecoverTokenTests : EngineTest
{
    private const string Fail = " | ForEach-Object { throw 'The vault is closed.' } } catch { }";

    [Fact]
    public void Kept_tokens_are_written_once_the_newest_first()
    {
        Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}").EnsureNoErrors();

        Assert.Equal("b a", Recover());
        Assert.Equal("", Recover());
        Assert.Contains("nothing to recover", Assert.Single(Run("Get-DcSession -RecoverToken -Verbose").Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_hands_them_out_one_by_one_too()
    {
        Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}; $session = Get-DcSession").EnsureNoErrors();

        ShellResult recovered = Run("$session.RecoverToken().Name; $session.RecoverToken().Name; $null -eq $session.RecoverToken()").EnsureNoErrors();

        Assert.Equal(["b", "a", true], recovered.Output.Select(output => output.BaseObject));
    }

    [Fact]
    public void Only_the_sessions_that_are_given_are_looked_into()
    {
        Shell.Set("a", TestSession.To(Emulator));
        Shell.Set("b", TestSession.To(Emulator));
        Run($"foreach ($s in $a, $b) {{ try {{ New-DcApiToken ($s -eq $b) -Session $s{Fail} }}").EnsureNoErrors();

        Assert.Equal("True", Recover("-Session $b"));
        Assert.Equal("", Recover("-Session $b"));
        Assert.Equal("False", Recover());
    }

    [Fact]
    public void A_session_that_nobody_holds_is_found()
    {
        Run($"try {{ New-DcApiToken a -Session (Connect-DcSession $key -BaseUri $baseUri -NoDefault -PassThru){Fail}").EnsureNoErrors();

        Assert.Equal("a", Recover());
    }

    [Theory]
    [InlineData("Disconnect-DcSession -WarningAction Ignore")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri; Disconnect-DcSession")]
    [InlineData("Get-DcSession | Disconnect-DcSession -WarningAction Ignore; Connect-DcSession $key -BaseUri $baseUri; Disconnect-DcSession")]
    public void Neither_disconnecting_nor_another_default_session_loses_a_kept_token(string script)
    {
        Run($"try {{ New-DcApiToken a{Fail}").EnsureNoErrors();

        Run(script).EnsureNoErrors();

        Assert.Equal("a", Recover());
    }

    [Fact]
    public void Disconnecting_says_that_tokens_are_kept_and_the_closed_session_is_no_default()
    {
        ShellResult ended = Run($"try {{ New-DcApiToken a{Fail}; Disconnect-DcSession").EnsureNoErrors();

        Assert.Contains("still keeps the secrets of created API tokens (1)", ended.Warnings[^1], StringComparison.Ordinal);
        Assert.Contains("Get-DcSession -RecoverToken", ended.Warnings[^1], StringComparison.Ordinal);
        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task The_session_of_the_environment_keeps_tokens_and_never_becomes_the_default_one()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        await using EmulatorServer second = await EmulatorServer.StartAsync();
        using var variables = new EnvironmentVariables(first.DefaultUser.Token, first.BaseAddress.ToString());
        Run("Disconnect-DcSession").EnsureNoErrors();

        Run($"try {{ New-DcApiToken a{Fail}").EnsureNoErrors();
        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
        EnvironmentVariables.Set(second.DefaultUser.Token, second.BaseAddress.ToString());
        Run("Get-DcApiToken").EnsureNoErrors();

        Assert.Equal((1, 1), (first.Requests.Count, second.Requests.Count));
        Assert.Equal("a", Recover());
    }

    [Theory]
    [InlineData("'nothing'")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri")]
    [InlineData("Disconnect-DcSession -WarningAction Ignore")]
    public void What_another_runspace_has_left_in_a_shared_session_is_found_after(string script)
    {
        using var job = new Shell();
        job.Set("session", Run("Get-DcSession").As<DcSession>()[0]);
        job.Run($"try {{ New-DcApiToken a -Session $session{Fail}").EnsureNoErrors();

        Run(script).EnsureNoErrors();

        Assert.Equal("a", Recover());
    }

    [Fact]
    public async Task What_another_runspace_is_delivering_is_not_taken_from_it()
    {
        using var gate = new Gate();
        using var job = new Shell();
        job.Set("gate", gate);
        job.Set("session", Run("Get-DcSession").As<DcSession>()[0]);
        using RunningScript running = job.Begin($"New-DcApiToken a -Session $session | ForEach-Object {{ {Gate.Stand} }}");
        await Eventually.DoneAsync(gate.Entered);

        Assert.Equal("", Recover());
        Assert.Empty(Run("(Get-DcSession).RecoverToken()").EnsureNoErrors().Output.OfType<object>());
        running.Stop();

        Assert.Equal("a", Recover());
    }

    [Theory]
    [InlineData("try { Get-DcSession -RecoverToken | ForEach-Object { throw 'The vault is closed.' } } catch { }", "b a")]
    [InlineData("Get-DcSession -RecoverToken | Select-Object -First 1", "a")]
    [InlineData("Get-DcSession -RecoverToken | ForEach-Object { break }", "b a")]
    public void What_is_recovered_is_as_safe_as_what_is_created(string script, string left)
    {
        Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}").EnsureNoErrors();

        Run(script);

        Assert.Equal(left, Recover());
    }

    [Fact]
    public async Task Ctrl_C_while_it_is_recovered_loses_nothing()
    {
        using var gate = new Gate();
        Shell.Set("gate", gate);
        Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}").EnsureNoErrors();
        using RunningScript running = Shell.Begin($"Get-DcSession -RecoverToken | ForEach-Object {{ $_ }} -End {{ {Gate.Stand} }}");
        await Eventually.DoneAsync(gate.Entered);

        running.Stop();

        Assert.Equal("b a", Recover());
    }

    [Fact]
    public void In_a_constrained_language_mode_too()
    {
        Run($"$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; try {{ New-DcApiToken a{Fail}").EnsureNoErrors();

        Assert.Equal("MethodInvocationNotSupportedInConstrainedLanguage", Run("(Get-DcSession).RecoverToken()").Error.FullyQualifiedErrorId);
        Assert.Equal("a", Recover());
    }

    [Fact]
    public void A_command_within_the_pipeline_takes_what_it_recovers()
    {
        Run("try { New-DcApiToken a | ForEach-Object { $taken = Get-DcSession -RecoverToken; throw 'failed' } } catch { }").EnsureNoErrors();

        Assert.Equal("a", Assert.Single(Run("$taken").As<CreatedApiToken>()).Name);
        Assert.DoesNotContain("WARNING", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Equal("", Recover());
    }

    private string Recover(string arguments = "") => string.Join(
        ' ', Run("Get-DcSession -RecoverToken " + arguments).EnsureNoErrors().As<CreatedApiToken>().Select(token => token.Name));
}
