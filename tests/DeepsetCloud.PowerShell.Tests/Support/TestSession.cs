using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Support;

/// <summary>Sessions made without a command.</summary>
internal static class TestSession
{
    /// <summary>A session at an emulator that never sends anything twice, so that a fault shows at once.</summary>
    public static DcSession To(EmulatorServer emulator, string? token = null) =>
        To(emulator.BaseAddress, token ?? emulator.DefaultUser.Token);

    /// <inheritdoc cref="To(EmulatorServer, string)"/>
    public static DcSession To(Uri address, string token) =>
        SessionFactory.Create(address, new BearerToken(token, "-ApiKey"), new ConnectionOptions { Clock = new FakeClock(), MaximumRetryCount = 0 });
}
