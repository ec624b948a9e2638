using System.Management.Automation;

namespace DeepsetCloud.Tests.Support;

internal static class TerminatingErrors
{
    /// <summary>Runs a script that must end with an error of the kind that try and catch see without -ErrorAction Stop.</summary>
    public static ErrorRecord RunToError(this Shell shell, string script)
    {
        ShellResult result = shell.Run($"$caught = $null; try {{ {script}; 'not reached' }} catch {{ $caught = $_ }}").EnsureNoErrors();
        Assert.Empty(result.Output);
        return Assert.IsType<ErrorRecord>(shell.Get("caught"));
    }
}
