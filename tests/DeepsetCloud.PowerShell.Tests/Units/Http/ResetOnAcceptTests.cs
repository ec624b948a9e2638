using DeepsetCloud.Client;

namespace DeepsetCloud.Tests.Units.Http;

/// <summary>
/// A connection that is reset while it is being made: how far the client has come by then is chance, and so is the exception that it
/// throws. Many times, at several places at once, each has to end as an error of ours.
/// </summary>
public class ResetOnAcceptTests
{
    [Fact]
    public async Task Whatever_the_moment_it_is_a_failed_connection()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(FaultKind.ResetOnAccept, times: Fault.Always);
        DcSession session = TestSession.To(emulator);

        await Parallel.ForEachAsync(Enumerable.Range(0, (int)Effort.Of(600)), TestContext.Current.CancellationToken, async (number, cancel) =>
        {
            DcApiException error = await Assert.ThrowsAsync<DcApiException>(() => (number % 3) switch
            {
                0 => session.Service.ListPageAsync(new TokenQuery(), new KeptLog(), cancel),
                1 => session.Service.RemoveAsync("some-id", new KeptLog(), cancel),
                _ => session.Service.CreateAsync(new NewTokenRequest(), new KeptLog(), cancel),
            });

            Assert.Contains(error.ErrorId, number % 3 == 2 ? ["ConnectionFailed", "CreationUncertain"] : (string[])["ConnectionFailed"]);
        });

        Assert.Equal(0, emulator.Requests.Count);
        session.Close();
    }
}
