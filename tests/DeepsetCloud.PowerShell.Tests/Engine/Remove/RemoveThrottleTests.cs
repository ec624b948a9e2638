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

    private static string[] Seed(ConnectedShell connected, int count)
    {
        connected.Emulator.Tokens.Seed(count);
        string[] ids = [.. connected.Emulator.Tokens.Snapshot().Select(token => token.ApiTokenId)];
        connected.Shell.Set("ids", ids);
        return ids;
    }
}
