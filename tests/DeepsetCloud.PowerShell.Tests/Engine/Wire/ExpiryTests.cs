using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>-ExpiresIn counts from the session's clock, in whole seconds.</summary>
public class ExpiryTests
{
    [Theory]
    [InlineData("90.00:00:00", "2030-04-01T12:00:00.000Z")]
    [InlineData("0:01:00", "2030-01-01T12:01:00.000Z")]
    [InlineData("1:30", "2030-01-01T13:30:00.000Z")]
    public async Task ExpiresIn_is_sent_as_an_instant(string time, string instant)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("session", SessionFactory.Create(
            emulator.BaseAddress, new BearerToken(emulator.DefaultUser.Token, "-ApiKey"), new ConnectionOptions { Clock = new StoppedClock() }));

        ShellResult result = shell.Run($"New-DcApiToken -ExpiresIn {time} -Session $session").EnsureNoErrors();

        Assert.Equal($$"""{"expires_at":"{{instant}}"}""", emulator.Requests.Last!.Body);
        Assert.Equal(DateTimeOffset.Parse(instant, null), Assert.Single(result.As<CreatedApiToken>()).ExpiresAt);
    }

    private sealed class StoppedClock : IClock
    {
        public DateTimeOffset UtcNow { get; } = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

        public void CancelAfter(CancellationTokenSource source, TimeSpan delay)
        {
        }

        public double NextJitter() => 0;
    }
}
