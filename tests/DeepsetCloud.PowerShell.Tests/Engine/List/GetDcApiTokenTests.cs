using System.Globalization;

namespace DeepsetCloud.Tests.Engine.List;

/// <summary>Every parameter and parameter set of Get-DcApiToken: the right tokens, in order, with no more requests than that takes.</summary>
public class GetDcApiTokenTests : EngineTest
{
    private const int Count = 1_000;

    [Theory]
    [InlineData("", 0, Count, 10)]
    [InlineData("-First 5", 0, 5, 1)]
    [InlineData("-First 100", 0, 100, 1)]
    [InlineData("-First 150", 0, 150, 2)]
    [InlineData("-First 25 -Limit 10", 0, 25, 3)]
    [InlineData("-First 7 -Skip 2 -Limit 3", 2, 7, 3)]
    [InlineData("-Skip 3 -First 5", 3, 5, 1)]
    [InlineData("-Skip 5", 5, Count - 5, 10)]
    [InlineData("-Skip 250 -First 5", 250, 5, 1)]
    [InlineData("-Skip 295 -First 10", 295, 10, 2)]
    [InlineData("-Skip 990", 990, 10, 1)]
    [InlineData("-Skip 900 -First 1000", 900, 100, 1)]
    [InlineData("-Skip 850", 850, 150, 2)]
    [InlineData("-Skip 1000", Count, 0, 1)]
    [InlineData("-Skip 5000", Count, 0, 1)]
    [InlineData("-Skip 18446744073709551615 -Limit 1", Count, 0, 1)]
    [InlineData("-Skip 18446744073709551615 -First 18446744073709551615", Count, 0, 1)]
    [InlineData("-First 18446744073709551615 -Skip 995", 995, 5, 1)]
    [InlineData("-First 0", 0, 0, 0)]
    public void First_and_Skip_read_only_the_pages_of_their_window(string window, int skip, int take, int requests)
    {
        Seed(Count);

        Assert.Equal(ListedAt(Emulator).Skip(skip).Take(take), Run($"Get-DcApiToken {window}").EnsureNoErrors().TokenIds);

        Assert.Equal(requests, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("token-000007", 7)]
    [InlineData("TOKEN-00002[90]", 29, 20)]
    [InlineData("TOKEN-000003, *111", 111, 3)]
    [InlineData("token-*15, *13 -First 1 -Skip 1", 913)]
    [InlineData("token-000[0-4]0? -First 2", 409, 408)]
    [InlineData("token-000[0-4]0? -First 2 -Skip 1", 408, 407)]
    [InlineData("nothing*")]
    public void Names_are_patterns_and_First_and_Skip_count_what_matches(string names, params int[] numbers)
    {
        Seed(Count);

        IEnumerable<string?> written = Run($"Get-DcApiToken -Name {names}").EnsureNoErrors().As<ApiToken>().Select(token => token.Name);

        Assert.Equal(numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"token-{number:D6}")), written);
        Assert.Equal(10, Emulator.Requests.Count);
    }

    [Fact]
    public void Brackets_in_a_name_can_be_escaped_and_a_token_without_a_name_does_no_harm()
    {
        Emulator.Tokens.Create(new NewToken { Name = "[odd]" });
        Emulator.Tokens.Create();

        Assert.Equal("[odd]", Assert.Single(Run("Get-DcApiToken '`[odd`]'").EnsureNoErrors().As<ApiToken>()).Name);
    }

    [Theory]
    [InlineData("CI-build", "ci-build")]
    [InlineData("ci-build", "CI-*")]
    public void Names_are_compared_alike_in_every_culture(string name, string pattern)
    {
        Emulator.Tokens.Create(new NewToken { Name = name });

        Assert.Single(Run($"[System.Threading.Thread]::CurrentThread.CurrentCulture = 'tr-TR'; Get-DcApiToken -Name {pattern}").EnsureNoErrors().Output);
    }

    [Theory]
    [InlineData("", Count, Count, 10)]
    [InlineData("-First 5", Count, 5, 1)]
    [InlineData("-First 0", Count, 0, 1)]
    [InlineData("-Skip 250 -First 5", Count, 5, 1)]
    [InlineData("-Skip 20000", Count, 0, 1)]
    [InlineData("-Name token-00000*", 10, 10, 10)]
    [InlineData("-Name token-00000* -First 1", 10, 1, 10)]
    [InlineData("-Name token-00000* -First 0", 10, 0, 10)]
    public void The_total_comes_first_and_counts_what_there_is_before_First_and_Skip(string window, int total, int tokens, int requests)
    {
        Seed(Count);

        ShellResult result = Run($"Get-DcApiToken {window} -IncludeTotalCount").EnsureNoErrors();

        Assert.Equal((ulong)total, result.Output[0].BaseObject);
        Assert.Equal(1.0, result.Output[0].Properties["Accuracy"].Value);
        Assert.Equal(tokens, result.Output.Skip(1).Count(output => output.BaseObject is ApiToken));
        Assert.Equal(tokens + 1, result.Output.Count);
        Assert.Equal(requests, Emulator.Requests.Count);
    }

    [Fact]
    public void The_total_reads_as_PowerShell_writes_it()
    {
        Seed(12);

        Assert.Equal("Total count: 12", Run("(Get-DcApiToken -First 0 -IncludeTotalCount).ToString()").EnsureNoErrors().As<string>()[0]);
    }

    // Positions move with the list, so there is nothing to prove: no second reading.
    [Fact]
    public async Task A_window_of_an_older_service_is_read_once()
    {
        await StartAsync(new EmulatorOptions { Generation = ApiGeneration.Classic });
        Seed(Count);

        Run("Get-DcApiToken -Skip 100 -First 250").EnsureNoErrors();

        Assert.Equal(3, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("Get-DcApiToken -ApiTokenId $wanted", 3)]
    [InlineData("$wanted | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_ } } | Get-DcApiToken", 3)]
    [InlineData("Get-DcApiToken -First 10 | Where-Object { $wanted -ccontains $_.ApiTokenId } | Get-DcApiToken", 0)]
    public void Ids_are_found_each_once_and_every_one_that_is_missing_is_an_error(string script, int missing)
    {
        Seed(120);
        string[] listed = [.. ListedAt(Emulator)];
        Shell.Set("wanted", new[] { listed[9], listed[3], listed[3], "gone", "none", listed[0].ToUpperInvariant() });

        ShellResult result = Run(script);

        Assert.Equal([listed[3], listed[9]], result.TokenIds.Distinct());
        Assert.All(result.Errors, error => Assert.StartsWith("ApiTokenNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(((string[])["gone", "none", listed[0].ToUpperInvariant()]).Take(missing), result.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void A_name_that_is_missing_is_an_error_and_a_pattern_that_matches_nothing_is_none()
    {
        Seed(30);

        ShellResult result = Run("Get-DcApiToken -Name token-000003, nobody, no*");

        Assert.Equal("token-000003", Assert.Single(result.As<ApiToken>()).Name);
        Assert.Equal("ApiTokenNotFound", result.ErrorId);
        Assert.Equal("nobody", result.Error.TargetObject);
    }

    [Theory]
    [InlineData("-Workspace 'my workspace'")]
    [InlineData("-Workspace 'my workspace' -PageNumber 1")]
    public async Task A_workspace_has_a_list_of_its_own(string arguments)
    {
        await StartAsync(new EmulatorOptions { Workspaces = { "my workspace" } });
        Emulator.Tokens.Create(new NewToken { Name = "in", Workspaces = ["my workspace"] });
        Emulator.Tokens.Create(new NewToken { Name = "both", Workspaces = ["my workspace", "default"] });
        Emulator.Tokens.Create(new NewToken { Name = "out" });

        Assert.Equal("in", Assert.Single(Run($"Get-DcApiToken {arguments}").EnsureNoErrors().As<ApiToken>()).Name);
        Assert.Equal("/api/v1/workspaces/my%20workspace/token", Emulator.Requests.Last!.Path);
    }

    [Fact]
    public void A_workspace_that_does_not_exist_is_an_error_that_names_it()
    {
        ShellResult result = Run("Get-DcApiToken -Workspace elsewhere");

        Assert.Equal("InvalidRequest", result.ErrorId);
        Assert.Contains("elsewhere", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-PageNumber 2", 10, 10)]
    [InlineData("-PageNumber 3 -Limit 3", 6, 3)]
    [InlineData("-PageNumber 9", 0, 0)]
    [InlineData("-After $cursor -Limit 2", 11, 2)]
    [InlineData("-Before $cursor -Limit 2", 8, 2)]
    public void Pages_and_cursors_are_the_service_s_own_and_one_request(string arguments, int skip, int take)
    {
        Seed(30);
        Shell.Set("cursor", ListedAt(Emulator).ElementAt(10));

        Assert.Equal(ListedAt(Emulator).Skip(skip).Take(take), Run($"Get-DcApiToken {arguments}").EnsureNoErrors().TokenIds);

        Assert.Equal(1, Emulator.Requests.Count);
    }

    [Fact]
    public void Input_without_a_record_lists_nothing()
    {
        Seed(3);

        Assert.Empty(Run("@() | Get-DcApiToken").EnsureNoErrors().Output);

        Assert.Equal(0, Emulator.Requests.Count);
    }
}
