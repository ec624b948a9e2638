using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Remove;

public class RemoveThrottleTests : EngineTest
{
    [Theory]
    [InlineData("", 5)]
    [InlineData("-ThrottleLimit 1", 1)]
    [InlineData("-ThrottleLimit 3", 3)]
    [InlineData("-ThrottleLimit 16", 16)]
    public async Task As_many_removals_are_under_way_as_the_limit_allows_and_never_more(string limit, int inFlight)
    {
        // The first are held until as many have come as may; the others take their time, so that one too many would meet them.
        await StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(10) });
        Seed(40);
        int arrived = 0;
        var full = new TaskCompletionSource();
        Emulator.BeforeRequest = _ =>
        {
            if (Interlocked.Increment(ref arrived) == inFlight)
            {
                full.SetResult();
            }

            return full.Task;
        };

        Run($"Remove-DcApiToken $ids {limit}").EnsureNoErrors();

        Assert.Equal(inFlight, Emulator.Requests.MaxInFlightOf("DELETE"));
        Assert.Equal(0, Emulator.Tokens.Count);
        Assert.Equal(40, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("-ThrottleLimit 1")]
    [InlineData("-ThrottleLimit 8")]
    [InlineData("-ThrottleLimit 8 -ErrorAction Continue")]
    public void Each_error_names_its_token_and_the_others_go_on(string arguments)
    {
        string[] ids = Seed(20);
        string[] locked = [ids[3], ids[11], ids[19]];
        Emulator.Faults.Choose = request => locked.Any(id => request.Path.EndsWith(id, StringComparison.Ordinal))
            ? new Fault { Kind = FaultKind.Status, Status = 409, Body = """{"detail":"In use by a pipeline."}""" }
            : null;

        ShellResult result = Run($"Remove-DcApiToken $ids -PassThru {arguments}");

        Assert.Equal(locked.Order(), result.Errors.Select(error => (string)error.TargetObject).Order());
        Assert.All(result.Errors, error => Assert.Contains("In use by a pipeline", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(ids.Except(locked).Order(), result.As<ApiToken>().Select(token => token.ApiTokenId).Order());
        Assert.Equal(locked.Order(), Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId).Order());
    }

    [Fact]
    public void A_key_that_is_refused_in_the_middle_ends_the_command()
    {
        Seed(20);
        Refuse(401, "DELETE", skip: 7, times: Fault.Always);

        ShellResult result = Run("try { Remove-DcApiToken $ids; 'went on' } catch { $_ }");

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.RemoveDcApiTokenCommand", Assert.Single(result.As<ErrorRecord>()).FullyQualifiedErrorId);
        Assert.Empty(result.Errors);
        Assert.Equal(13, Emulator.Tokens.Count);
        Assert.InRange(Emulator.Requests.Count, 8, 7 + 5);
    }

    // Of those in flight, some have been removed when the refusal comes.
    [Theory]
    [InlineData(5)]
    [InlineData(32)]
    public void Whatever_was_removed_before_a_key_is_refused_is_counted(int throttleLimit)
    {
        Seed(2000);
        Refuse(401, "DELETE", skip: 699, times: Fault.Always);

        ShellResult result = Run($"Remove-DcApiToken $ids -ThrottleLimit {throttleLimit} -PassThru");

        Assert.Equal("Unauthorized", result.ErrorId);
        Assert.EndsWith(" 699 API tokens were removed before.", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1301, Emulator.Tokens.Count);
        Assert.DoesNotContain("ended early", Shell.Host.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_was_removed_is_written_although_the_command_ends_with_an_error()
    {
        string[] ids = Seed(20);
        Refuse(401, "DELETE", skip: 7, times: Fault.Always);

        ShellResult result = Run("$gone = [System.Collections.ArrayList]::new(); try { Remove-DcApiToken $ids -PassThru | ForEach-Object { [void]$gone.Add($_.ApiTokenId) } } catch { }; $gone");

        Assert.Equal(ids.Except(ListedAt(Emulator)).Order(), result.Output.Select(id => id.ToString()).Order());
        Assert.Equal(7, result.Output.Count);
    }

    [Fact]
    public async Task Ctrl_C_says_what_was_removed_and_what_nobody_knows()
    {
        Seed(10);
        Hang("DELETE", skip: 3, times: 2);
        using RunningScript running = Shell.Begin("Remove-DcApiToken $ids -ThrottleLimit 2");
        await Eventually.TrueAsync(() => Emulator.Requests.Count == 5);

        running.Stop();

        Assert.Contains(
            "WARNING: Remove-DcApiToken ended early. 3 API tokens were removed before. Whether these are gone is not known: ", Shell.Host.Shown, StringComparison.Ordinal);
        Assert.Equal(7, Emulator.Tokens.Count);

        // Of two that are sent at once, the service may see either first.
        string[] asked = [.. Emulator.Requests.Snapshot().Select(request => request.Path.Split('/')[^1])];
        Assert.All(asked.Intersect(ListedAt(Emulator)), id => Assert.Contains(id, Shell.Host.Shown, StringComparison.Ordinal));
        Assert.Equal(2, asked.Intersect(ListedAt(Emulator)).Count());
    }

    [Fact]
    public void Under_Stop_the_error_that_ends_the_command_counts_what_was_removed()
    {
        Seed(10);
        Refuse(409, "DELETE", skip: 4);

        ShellResult result = Run("Remove-DcApiToken $ids -ErrorAction Stop");

        Assert.EndsWith(" 4 API tokens were removed before.", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(6, Emulator.Tokens.Count);
    }

    [Fact]
    public async Task An_id_and_a_token_of_another_place_may_come_in_either_order()
    {
        await using EmulatorServer other = await EmulatorServer.StartAsync();
        other.Tokens.Seed(2);
        Seed(2);
        Shell.Set("other", TestSession.To(other));

        Run("""
            $mine = Get-DcApiToken | ForEach-Object { [pscustomobject]@{ ApiTokenId = $_.ApiTokenId } }
            $theirs = Get-DcApiToken -Session $other
            $mine[0], $theirs[0] | Remove-DcApiToken
            $theirs[1], $mine[1] | Remove-DcApiToken
            """).EnsureNoErrors();

        Assert.Equal((0, 0), (other.Tokens.Count, Emulator.Tokens.Count));
    }
}
