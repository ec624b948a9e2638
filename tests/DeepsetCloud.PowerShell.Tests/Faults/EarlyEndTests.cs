namespace DeepsetCloud.Tests.Faults;

/// <summary>A command that ends early takes what it has written with it, where that was to be assigned; the secrets are kept.</summary>
public class EarlyEndTests
{
    private const string Rows = "'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ Name = $_ } }";

    [Theory]
    [InlineData(401, "")]
    [InlineData(409, " -ErrorAction Stop")]
    public async Task An_error_that_ends_the_command_loses_no_secret(int status, string arguments)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.AfterRequest = _ =>
        {
            if (connected.Emulator.Requests.Count == 2)
            {
                connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = status, Method = "POST" });
            }

            return Task.CompletedTask;
        };

        connected.Run($"try {{ $created = {Rows} | New-DcApiToken -Session $session{arguments} }} catch {{ }}").EnsureNoErrors();

        Assert.Null(connected.Shell.Get("created"));
        Assert.Contains("(a, b)", connected.Shell.Host.Shown, StringComparison.Ordinal);
        AssertKept(connected, "a", "b");
    }

    [Fact]
    public async Task Nor_does_a_failure_downstream()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();

        connected.Run($"try {{ {Rows} | New-DcApiToken -Session $session | ForEach-Object {{ if ($_.Name -eq 'b') {{ throw 'vault closed' }} }} }} catch {{ }}").EnsureNoErrors();

        AssertKept(connected, "a", "b");
    }

    [Fact]
    public async Task A_command_that_comes_to_its_end_or_is_no_longer_wanted_keeps_nothing()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();

        connected.Run($"$created = {Rows} | New-DcApiToken -Session $session").EnsureNoErrors();
        connected.Run($"{Rows} | New-DcApiToken -Session $session | Select-Object -First 2").EnsureNoErrors();

        AssertKept(connected);
    }

    [Fact]
    public async Task Disconnecting_says_that_a_secret_is_kept_and_leaves_it_to_be_had()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult ended = shell.Run("try { New-DcApiToken ci | ForEach-Object { throw 'vault closed' } } catch { } finally { Disconnect-DcSession }");
        ShellResult kept = shell.Run("(Get-DcSession).TakeUndeliveredToken()").EnsureNoErrors();

        Assert.Contains("still keeps the secrets of created tokens (1)", ended.Warnings[^1], StringComparison.Ordinal);
        Assert.Equal("ci", Assert.Single(kept.As<CreatedApiToken>()).Name);
        Assert.Empty(shell.Run("Get-DcSession").EnsureNoErrors().Output);
        Assert.StartsWith("SessionRequired,", shell.RunToError("Get-DcApiToken").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_default_session_takes_over_what_the_former_one_keeps()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);
        shell.Set("uri", emulator.BaseAddress);
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));

        shell.Run("try { New-DcApiToken ci | ForEach-Object { throw 'vault closed' } } catch { }; Connect-DcSession $key -BaseUri $uri").EnsureNoErrors();

        Assert.Equal("ci", Assert.Single(shell.Run("(Get-DcSession).TakeUndeliveredToken()").EnsureNoErrors().As<CreatedApiToken>()).Name);
    }

    private static void AssertKept(ConnectedShell connected, params string[] names)
    {
        foreach (string name in names)
        {
            CreatedApiToken kept = connected.Session.TakeUndeliveredToken()!;
            Assert.Equal(name, kept.Name);
            connected.AssertWorks(kept);
        }

        Assert.Null(connected.Session.TakeUndeliveredToken());
    }
}
