namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>How a secret is had that a session keeps.</summary>
[Collection(EnvironmentTests.Name)]
public class RecoverTokenTests
{
    private const string Fail = " | ForEach-Object { throw 'The vault is closed.' } } catch { }";

    [Fact]
    public async Task Kept_tokens_are_written_once_the_newest_first()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}").EnsureNoErrors();

        Assert.Equal("b a", Recover(shell));
        Assert.Equal("", Recover(shell));
        Assert.Contains("nothing to recover", Assert.Single(shell.Run("Get-DcSession -RecoverToken -Verbose").Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_hands_them_out_one_by_one_too()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}; $session = Get-DcSession").EnsureNoErrors();

        ShellResult recovered = shell.Run("$session.RecoverToken().Name; $session.RecoverToken().Name; $null -eq $session.RecoverToken()").EnsureNoErrors();

        Assert.Equal(["b", "a", true], recovered.Output.Select(output => output.BaseObject));
    }

    [Fact]
    public async Task Only_the_sessions_that_are_given_are_looked_into()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Set("a", TestSession.To(emulator));
        shell.Set("b", TestSession.To(emulator));
        shell.Run($"foreach ($s in $a, $b) {{ try {{ New-DcApiToken ($s -eq $b) -Session $s{Fail} }}").EnsureNoErrors();

        Assert.Equal("True", Recover(shell, "-Session $b"));
        Assert.Equal("", Recover(shell, "-Session $b"));
        Assert.Equal("False", Recover(shell));
    }

    [Fact]
    public async Task A_session_that_nobody_holds_is_found()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run($"try {{ New-DcApiToken a -Session (Connect-DcSession $key -BaseUri $baseUri -NoDefault -PassThru){Fail}").EnsureNoErrors();

        Assert.Equal("a", Recover(shell));
    }

    [Theory]
    [InlineData("Disconnect-DcSession -WarningAction Ignore")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri; Disconnect-DcSession")]
    [InlineData("Get-DcSession | Disconnect-DcSession -WarningAction Ignore; Connect-DcSession $key -BaseUri $baseUri; Disconnect-DcSession")]
    public async Task Neither_disconnecting_nor_another_default_session_loses_a_kept_token(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run($"try {{ New-DcApiToken a{Fail}").EnsureNoErrors();

        shell.Run(script).EnsureNoErrors();

        Assert.Equal("a", Recover(shell));
    }

    [Fact]
    public async Task Disconnecting_says_that_tokens_are_kept_and_the_closed_session_is_no_default()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult ended = shell.Run($"try {{ New-DcApiToken a{Fail}; Disconnect-DcSession").EnsureNoErrors();

        Assert.Contains("still keeps the secrets of created API tokens (1)", ended.Warnings[^1], StringComparison.Ordinal);
        Assert.Contains("Get-DcSession -RecoverToken", ended.Warnings[^1], StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
    }

    [Fact]
    public async Task The_session_of_the_environment_keeps_tokens_and_never_becomes_the_default_one()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        await using EmulatorServer second = await EmulatorServer.StartAsync();
        using var variables = new EnvironmentVariables(first.DefaultUser.Token, first.BaseAddress.ToString());
        using var shell = new Shell();

        shell.Run($"try {{ New-DcApiToken a{Fail}").EnsureNoErrors();
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
        EnvironmentVariables.Set(second.DefaultUser.Token, second.BaseAddress.ToString());
        shell.Run("Get-DcApiToken").EnsureNoErrors();

        Assert.Equal((1, 1), (first.Requests.Count, second.Requests.Count));
        Assert.Equal("a", Recover(shell));
    }

    [Theory]
    [InlineData("'nothing'")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri")]
    [InlineData("Disconnect-DcSession -WarningAction Ignore")]
    public async Task What_another_runspace_has_left_in_a_shared_session_is_found_after(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        using var job = new Shell();
        job.Set("session", shell.Run("Get-DcSession").As<DcSession>()[0]);
        job.Run($"try {{ New-DcApiToken a -Session $session{Fail}").EnsureNoErrors();

        shell.Run(script).EnsureNoErrors();

        Assert.Equal("a", Recover(shell));
    }

    [Fact]
    public async Task What_another_runspace_is_delivering_is_not_taken_from_it()
    {
        using var gate = new Gate();
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        using var job = new Shell();
        job.Set("gate", gate);
        job.Set("session", shell.Run("Get-DcSession").As<DcSession>()[0]);
        using RunningScript running = job.Begin($"New-DcApiToken a -Session $session | ForEach-Object {{ {Gate.Stand} }}");
        await Eventually.DoneAsync(gate.Entered);

        Assert.Equal("", Recover(shell));
        Assert.Empty(shell.Run("(Get-DcSession).RecoverToken()").EnsureNoErrors().Output.OfType<object>());
        running.Stop();

        Assert.Equal("a", Recover(shell));
    }

    [Theory]
    [InlineData("try { Get-DcSession -RecoverToken | ForEach-Object { throw 'The vault is closed.' } } catch { }", "b a")]
    [InlineData("Get-DcSession -RecoverToken | Select-First 1", "a")]
    [InlineData("Get-DcSession -RecoverToken | ForEach-Object { break }", "b a")]
    public async Task What_is_recovered_is_as_safe_as_what_is_created(string script, string left)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}").EnsureNoErrors();

        shell.Run(script);

        Assert.Equal(left, Recover(shell));
    }

    [Fact]
    public async Task Ctrl_C_while_it_is_recovered_loses_nothing()
    {
        using var gate = new Gate();
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Set("gate", gate);
        shell.Run($"foreach ($name in 'a', 'b') {{ try {{ New-DcApiToken $name{Fail} }}").EnsureNoErrors();
        using RunningScript running = shell.Begin($"Get-DcSession -RecoverToken | ForEach-Object {{ $_ }} -End {{ {Gate.Stand} }}");
        await Eventually.DoneAsync(gate.Entered);

        running.Stop();

        Assert.Equal("b a", Recover(shell));
    }

    [Fact]
    public async Task In_a_constrained_language_mode_too()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Run($"$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; try {{ New-DcApiToken a{Fail}").EnsureNoErrors();

        Assert.Equal("MethodInvocationNotSupportedInConstrainedLanguage", shell.Run("(Get-DcSession).RecoverToken()").Error.FullyQualifiedErrorId);
        Assert.Equal("a", Recover(shell));
    }

    [Fact]
    public async Task A_command_within_the_pipeline_takes_what_it_recovers()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        shell.Run("try { New-DcApiToken a | ForEach-Object { $taken = Get-DcSession -RecoverToken; throw 'failed' } } catch { }").EnsureNoErrors();

        Assert.Equal("a", Assert.Single(shell.Run("$taken").As<CreatedApiToken>()).Name);
        Assert.DoesNotContain("WARNING", shell.Host.Shown, StringComparison.Ordinal);
        Assert.Equal("", Recover(shell));
    }

    private static string Recover(Shell shell, string arguments = "") => string.Join(
        ' ', shell.Run("Get-DcSession -RecoverToken " + arguments).EnsureNoErrors().As<CreatedApiToken>().Select(token => token.Name));
}
