using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Support;

/// <summary>Sessions at an emulator with options that no command offers.</summary>
internal static class Connection
{
    public static DcSession To(EmulatorServer emulator, Func<ConnectionOptions, ConnectionOptions>? change = null)
    {
        var options = new ConnectionOptions { Clock = new InstantClock() };
        return SessionFactory.Create(
            emulator.BaseAddress, new BearerToken(emulator.DefaultUser.Token, "-ApiKey"), change?.Invoke(options) ?? options);
    }

    /// <summary>A shell whose default session is such a one.</summary>
    public static Shell ShellTo(EmulatorServer emulator, Func<ConnectionOptions, ConnectionOptions>? change = null)
    {
        var shell = new Shell();
        shell.Set("session", To(emulator, change));
        shell.Run("$PSDefaultParameterValues = @{ '*-Dc*:Session' = $session }").EnsureNoErrors();
        return shell;
    }
}
