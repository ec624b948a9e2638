namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Get-DcApiToken over several sessions.</summary>
public class SeveralSessionsTests : EngineTest
{
    private EmulatorServer _second = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _second = await EmulatorServer.StartAsync();
        Seed(30);
        _second.Tokens.Seed(30);
        Run("$first = $session").EnsureNoErrors();
        Shell.Set("second", TestSession.To(_second));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _second.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("-Session $first, $second", 0, 60)]
    [InlineData("-Session $first, $second -First 35", 0, 35)]
    [InlineData("-Session $first, $second -Skip 25 -First 10", 25, 10)]
    [InlineData("-Session $first, $second -Skip 40", 40, 20)]
    [InlineData("-Session $first, $first", 0, 30)]
    [InlineData("-Session $first, $second -First 30", 0, 30)]
    public void Sessions_follow_one_another_each_once_and_the_window_runs_over_all_of_them(string arguments, int skip, int take)
    {
        Assert.Equal(ListedAt(Emulator).Concat(ListedAt(_second)).Skip(skip).Take(take), Run($"Get-DcApiToken {arguments}").EnsureNoErrors().TokenIds);

        Assert.Equal(skip + take > 30, _second.Requests.Count > 0);
    }

    [Fact]
    public void Sessions_are_listed_in_the_order_in_which_they_are_given()
    {
        Assert.Equal([.. ListedAt(_second), .. ListedAt(Emulator)], Run("Get-DcApiToken -Session $second, $first").EnsureNoErrors().TokenIds);
        Assert.Equal(60UL, Run("Get-DcApiToken -Session $first, $second -First 1 -IncludeTotalCount").EnsureNoErrors().Output[0].BaseObject);
    }

    [Theory]
    [InlineData("Get-DcApiToken -Name token-000001 -First 0")]
    [InlineData("Get-DcApiToken -Name token-000001, only-there -First 1 -Session $first, $second")]
    [InlineData("Get-DcApiToken -Name nowhere -First 0")]
    public void Of_what_was_not_read_nothing_is_said_to_be_missing(string script)
    {
        _second.Tokens.Create(new NewToken { Name = "only-there" });

        Run(script).EnsureNoErrors();
    }

    [Fact]
    public void A_total_is_not_exact_where_a_session_could_not_be_read()
    {
        using var closed = new ClosedPort();
        Shell.Set("dead", TestSession.To(closed.Address, "key"));

        ShellResult result = Run("Get-DcApiToken -First 0 -IncludeTotalCount -Session $first, $dead");

        Assert.Single(result.Errors);
        Assert.Equal(0.0, result.Output[0].Properties["Accuracy"].Value);
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("-Name token-000001, nobody", 1)]
    public void A_session_that_fails_leaves_the_others_intact_and_nothing_is_said_to_be_missing(string arguments, int tokens)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = "<html></html>", ContentType = "text/html", Times = Fault.Always });

        ShellResult result = Run($"Get-DcApiToken -Session $first, $second {arguments}");

        Assert.Equal("InvalidResponse", result.ErrorId);
        Assert.Same(Session, result.Error.TargetObject);
        Assert.Equal(tokens, result.TokenIds.Count());
        Assert.Subset(ListedAt(_second).ToHashSet(), result.TokenIds.ToHashSet());
    }
}
