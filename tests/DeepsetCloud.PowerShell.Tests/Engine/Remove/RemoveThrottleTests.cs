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
}
