namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Several sessions, names and ids.</summary>
public class SelectionTests
{
    [Theory]
    [InlineData("CI-build", "ci-build")]
    [InlineData("ci-build", "CI-*")]
    public async Task Names_are_compared_alike_in_every_culture(string name, string pattern)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1, _ => new NewToken { Name = name });
        using var shell = new Shell(emulator);
        shell.Set("pattern", pattern);

        ShellResult result = shell.Run("[System.Threading.Thread]::CurrentThread.CurrentCulture = 'tr-TR'; Get-DcApiToken -Name $pattern").EnsureNoErrors();

        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Get-DcApiToken -Name one -First 0")]
    [InlineData("Get-DcApiToken -Name one, two -First 1 -Session $a, $b")]
    [InlineData("Get-DcApiToken -Name nowhere -First 0")]
    public async Task Of_what_was_not_read_nothing_is_said_to_be_missing(string script)
    {
        await using EmulatorServer a = await EmulatorServer.StartAsync();
        await using EmulatorServer b = await EmulatorServer.StartAsync();
        a.Tokens.Seed(1, _ => new NewToken { Name = "one" });
        b.Tokens.Seed(1, _ => new NewToken { Name = "two" });
        using var shell = new Shell(a);
        shell.Set("a", TestSession.To(a));
        shell.Set("b", TestSession.To(b));

        shell.Run(script).EnsureNoErrors();
    }

    [Fact]
    public async Task A_total_is_not_exact_where_a_session_could_not_be_read()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        using var closed = new ClosedPort();
        using var shell = new Shell(emulator);
        shell.Set("a", TestSession.To(emulator));
        shell.Set("dead", TestSession.To(closed.Address, "key"));

        ShellResult result = shell.Run("Get-DcApiToken -First 0 -IncludeTotalCount -Session $a, $dead");

        Assert.Single(result.Errors);
        Assert.Equal(0.0, result.Output[0].Properties["Accuracy"].Value);
    }

    [Fact]
    public async Task Sessions_follow_one_another_and_the_window_runs_over_all_of_them()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        await using EmulatorServer second = await EmulatorServer.StartAsync();
        first.Tokens.Seed(30);
        second.Tokens.Seed(30);
        using Shell shell = ShellToBoth(first, second);
        string[] all = [.. Ids(first), .. Ids(second)];

        Assert.Equal(all, Written("-Session $first, $second"));
        Assert.Equal([.. Ids(second), .. Ids(first)], Written("-Session $second, $first"));
        Assert.Equal(Ids(first), Written("-Session $first, $first"));
        Assert.Equal(all.Take(35), Written("-Session $first, $second -First 35"));
        Assert.Equal(all.Skip(25).Take(10), Written("-Session $first, $second -Skip 25 -First 10"));
        Assert.Equal(all.Skip(40), Written("-Session $first, $second -Skip 40"));
        Assert.Equal(60UL, shell.Run("Get-DcApiToken -Session $first, $second -First 1 -IncludeTotalCount").EnsureNoErrors().Output[0].BaseObject);

        second.Requests.Clear();
        Assert.Equal(all.Take(30), Written("-Session $first, $second -First 30"));
        Assert.Equal(0, second.Requests.Count);

        IEnumerable<string> Written(string arguments) =>
            shell.Run($"Get-DcApiToken {arguments}").EnsureNoErrors().As<ApiToken>().Select(t => t.ApiTokenId);
    }

    [Fact]
    public async Task A_session_that_fails_leaves_the_others_intact_and_nothing_is_said_to_be_missing()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        await using EmulatorServer second = await EmulatorServer.StartAsync();
        second.Tokens.Seed(30);
        first.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = "<html></html>", ContentType = "text/html", Times = Fault.Always });
        using Shell shell = ShellToBoth(first, second);

        ShellResult all = shell.Run("Get-DcApiToken -Session $first, $second");
        ShellResult named = shell.Run("Get-DcApiToken -Session $first, $second -Name token-000001, nobody");

        Assert.StartsWith("InvalidResponse,", all.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Same(shell.Get("first"), all.Error.TargetObject);
        Assert.Equal(Ids(second), all.As<ApiToken>().Select(t => t.ApiTokenId));
        Assert.StartsWith("InvalidResponse,", named.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("token-000001", Assert.Single(named.As<ApiToken>()).Name);
    }

    [Fact]
    public async Task Names_are_patterns_and_one_that_is_not_and_is_not_there_is_an_error()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(30);
        emulator.Tokens.Create(new NewToken { Name = "[odd]" });
        emulator.Tokens.Create();
        using Shell shell = Connection.ShellTo(emulator);

        Assert.Equal(["token-000029", "token-000020"], Names("TOKEN-00002[90]"));
        Assert.Equal(["token-000007"], Names("token-000007"));
        Assert.Equal(["[odd]"], Names("'`[odd`]'"));
        Assert.Empty(Names("nothing*"));

        ShellResult missing = shell.Run("Get-DcApiToken -Name token-000003, nobody, no*");
        Assert.Equal("token-000003", Assert.Single(missing.As<ApiToken>()).Name);
        Assert.Equal("ApiTokenNotFound,DeepsetCloud.Commands.GetDcApiTokenCommand", missing.Error.FullyQualifiedErrorId);
        Assert.Equal("nobody", missing.Error.TargetObject);

        IEnumerable<string?> Names(string pattern) =>
            shell.Run($"Get-DcApiToken -Name {pattern}").EnsureNoErrors().As<ApiToken>().Select(t => t.Name);
    }

    [Fact]
    public async Task Ids_are_found_and_what_is_not_is_an_error_each()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(250);
        string[] ids = [.. Ids(emulator)];
        using Shell shell = Connection.ShellTo(emulator);
        shell.Set("ids", new[] { ids[200], ids[3], ids[3], "gone", ids[0].ToUpperInvariant() });

        ShellResult result = shell.Run("Get-DcApiToken -ApiTokenId $ids");

        Assert.Equal([ids[3], ids[200]], result.As<ApiToken>().Select(t => t.ApiTokenId));
        Assert.Equal(["gone", ids[0].ToUpperInvariant()], result.Errors.Select(e => e.TargetObject));
        Assert.All(result.Errors, e => Assert.StartsWith("ApiTokenNotFound,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(3, emulator.Requests.Count);

        ShellResult piped = shell.Run("Get-DcApiToken -First 2 | Get-DcApiToken").EnsureNoErrors();
        Assert.Equal(ids.Take(2), piped.As<ApiToken>().Select(t => t.ApiTokenId));
    }

    private static Shell ShellToBoth(EmulatorServer first, EmulatorServer second)
    {
        var shell = new Shell();
        shell.Set("first", Connection.To(first));
        shell.Set("second", Connection.To(second));
        return shell;
    }

    private static IEnumerable<string> Ids(EmulatorServer emulator) => emulator.Tokens.Snapshot().Reverse().Select(t => t.ApiTokenId);
}
