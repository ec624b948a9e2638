using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Remove;

public class RemoveThrottleTests
{
    [Theory]
    [InlineData("", 5)]
    [InlineData("-ThrottleLimit 1", 1)]
    [InlineData("-ThrottleLimit 3", 3)]
    [InlineData("-ThrottleLimit 16", 16)]
    public async Task As_many_removals_are_under_way_as_the_limit_allows_and_never_more(string limit, int inFlight)
    {
        // The first are held until as many have come as may; the others take their time, so that one too many would meet them.
        await using ConnectedShell connected = await ConnectedShell.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(10) });
        Seed(connected, 40);
        int arrived = 0;
        var full = new TaskCompletionSource();
        connected.Emulator.BeforeRequest = _ =>
        {
            if (Interlocked.Increment(ref arrived) == inFlight)
            {
                full.SetResult();
            }

            return full.Task;
        };

        connected.Run($"Remove-DcApiToken $ids -Session $session {limit}").EnsureNoErrors();

        Assert.Equal(inFlight, connected.Emulator.Requests.MaxInFlightOf("DELETE"));
        Assert.Equal(0, connected.Emulator.Tokens.Count);
        Assert.Equal(40, connected.Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("257")]
    public async Task A_limit_that_makes_no_sense_is_refused(string limit)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 1);

        ShellResult result = connected.Run($"Remove-DcApiToken $ids -Session $session -ThrottleLimit {limit}");

        Assert.Equal("ParameterArgumentValidationError,DeepsetCloud.Commands.RemoveDcApiTokenCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(0, connected.Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("-ThrottleLimit 1")]
    [InlineData("-ThrottleLimit 8")]
    [InlineData("-ThrottleLimit 8 -ErrorAction Continue")]
    public async Task Each_error_names_its_token_and_the_others_go_on(string arguments)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected, 20);
        string[] locked = [ids[3], ids[11], ids[19]];
        connected.Emulator.Faults.Choose = request => locked.Any(id => request.Path.EndsWith(id, StringComparison.Ordinal))
            ? new Fault { Kind = FaultKind.Status, Status = 409, Body = """{"detail":"In use by a pipeline."}""" }
            : null;

        ShellResult result = connected.Run($"Remove-DcApiToken $ids -Session $session -PassThru {arguments}");

        Assert.Equal(locked.Order(), result.Errors.Select(error => (string)error.TargetObject).Order());
        Assert.All(result.Errors, error => Assert.Contains("In use by a pipeline", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(ids.Except(locked).Order(), result.As<ApiToken>().Select(token => token.ApiTokenId).Order());
        Assert.Equal(locked.Order(), connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).Order());
    }

    [Fact]
    public async Task An_id_that_cannot_be_one_is_an_error_of_its_own_and_never_sent()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected, 2);
        connected.Shell.Set("ids", new[] { ids[0], "../me", ids[1] });

        ShellResult result = connected.Run("Remove-DcApiToken $ids -Session $session");

        Assert.Equal("InvalidRequest,DeepsetCloud.Commands.RemoveDcApiTokenCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal("../me", result.Errors[0].TargetObject);
        Assert.Equal(2, connected.Emulator.Requests.Count);
        Assert.Equal(0, connected.Emulator.Tokens.Count);
    }

    [Fact]
    public async Task A_key_that_is_refused_in_the_middle_ends_the_command()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 20);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Method = "DELETE", Skip = 7, Times = Fault.Always });

        ShellResult result = connected.Run("try { Remove-DcApiToken $ids -Session $session; 'went on' } catch { $_ }");

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.RemoveDcApiTokenCommand", Assert.Single(result.As<ErrorRecord>()).FullyQualifiedErrorId);
        Assert.Empty(result.Errors);
        Assert.Equal(13, connected.Emulator.Tokens.Count);
        Assert.InRange(connected.Emulator.Requests.Count, 8, 7 + 5);
    }

    // Of those in flight, some have been removed when the refusal comes.
    [Theory]
    [InlineData(5)]
    [InlineData(32)]
    public async Task Whatever_was_removed_before_a_key_is_refused_is_written_and_counted(int throttleLimit)
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 2000);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Method = "DELETE", Skip = 699, Times = Fault.Always });

        ShellResult result = connected.Run($"Remove-DcApiToken $ids -ThrottleLimit {throttleLimit} -PassThru -Session $session");

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.RemoveDcApiTokenCommand", result.Terminating!.FullyQualifiedErrorId);
        Assert.EndsWith(" 699 API tokens were removed before.", result.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Equal(1301, connected.Emulator.Tokens.Count);
        Assert.DoesNotContain("ended early", connected.Shell.Host.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_removed_is_written_although_the_command_ends_with_an_error()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected, 20);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Method = "DELETE", Skip = 7, Times = Fault.Always });

        ShellResult result = connected.Run("$gone = [System.Collections.ArrayList]::new(); try { Remove-DcApiToken $ids -PassThru -Session $session | ForEach-Object { [void]$gone.Add($_.ApiTokenId) } } catch { }; $gone");

        string[] left = [.. connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        Assert.Equal(ids.Except(left).Order(), result.Output.Select(id => id.ToString()).Order());
        Assert.Equal(7, result.Output.Count);
    }

    [Fact]
    public async Task Ctrl_C_says_what_was_removed_and_what_nobody_knows()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        string[] ids = Seed(connected, 10);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Method = "DELETE", Skip = 3, Times = 2 });
        using RunningScript running = connected.Shell.Begin("Remove-DcApiToken $ids -ThrottleLimit 2 -Session $session");
        await Eventually.TrueAsync(() => connected.Emulator.Requests.Count == 5);

        running.Stop();

        Assert.Contains(
            "WARNING: Remove-DcApiToken ended early. 3 API tokens were removed before. Whether these are gone is not known: ",
            connected.Shell.Host.Shown,
            StringComparison.Ordinal);
        Assert.All(ids[3..5], id => Assert.Contains(id, connected.Shell.Host.Shown, StringComparison.Ordinal));
        Assert.Equal(7, connected.Emulator.Tokens.Count);
    }

    [Fact]
    public async Task Under_Stop_the_error_that_ends_the_command_counts_what_was_removed()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        Seed(connected, 10);
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 409, Method = "DELETE", Skip = 4 });

        ShellResult result = connected.Run("Remove-DcApiToken $ids -ErrorAction Stop -Session $session");

        Assert.EndsWith(" 4 API tokens were removed before.", result.Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Equal(6, connected.Emulator.Tokens.Count);
    }

    // Whose default session is at another place than the tokens that come through the pipeline.
    [Fact]
    public async Task An_id_and_a_token_of_another_place_may_come_in_either_order()
    {
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        await using EmulatorServer other = await EmulatorServer.StartAsync();
        other.Tokens.Seed(2);
        connected.Emulator.Tokens.Seed(2);
        connected.Connect("other", other.BaseAddress, key: other.DefaultUser.Token);
        connected.Shell.Set("key", Shell.Secure(connected.Emulator.DefaultUser.Token));
        connected.Run($"Connect-DcSession -ApiKey $key -BaseUri {connected.Emulator.BaseAddress}").EnsureNoErrors();

        connected.Run("""
            $mine = Get-DcApiToken | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_.ApiTokenId } }
            $theirs = Get-DcApiToken -Session $other
            $mine[0], $theirs[0] | Remove-DcApiToken
            $theirs[1], $mine[1] | Remove-DcApiToken
            """).EnsureNoErrors();

        Assert.Equal(0, other.Tokens.Count);
        Assert.Equal(0, connected.Emulator.Tokens.Count);
    }

    private static string[] Seed(ConnectedShell connected, int count)
    {
        connected.Emulator.Tokens.Seed(count);
        string[] ids = [.. connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        connected.Shell.Set("ids", ids);
        return ids;
    }
}
