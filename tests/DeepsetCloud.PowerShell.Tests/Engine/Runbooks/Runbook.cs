using System.Management.Automation;
using System.Net.Http.Headers;
using System.Text;

namespace DeepsetCloud.Tests.Engine.Runbooks;

/// <summary>Runbooks where something fails or is stopped; tests/pester/Runbooks.Tests.ps1 has the rest.</summary>
internal static class Runbook
{
    private static readonly string Folder = Path.Combine(ModuleUnderTest.RepositoryRoot, "samples", "runbooks");

    public static string Remove { get; } = Call("Remove-ExpiredDcApiToken.ps1");

    public static string Update { get; } = Call("Update-DcApiToken.ps1");

    /// <summary>A shell with a default session that does not try again, so that every fault shows at once.</summary>
    public static Shell Shell(EmulatorServer emulator, string? token = null) => new(emulator, "-SkipVerification -MaximumRetryCount 0", token);

    /// <summary>The error that a runbook ended with: the last one.</summary>
    public static ErrorRecord Failure(this ShellResult result)
    {
        Assert.Null(result.Terminating);
        return result.Errors[^1];
    }

    /// <summary>The errors before the one that a runbook ended with.</summary>
    public static IEnumerable<ErrorRecord> Items(this ShellResult result) => result.Errors.SkipLast(1);

    public static object? Value(this PSObject item, string property) => item.Properties[property]?.Value;

    /// <summary>Everything that a run has shown or written anywhere, in full.</summary>
    public static string EverythingWritten(this ShellResult result, Shell shell)
    {
        var text = new StringBuilder(shell.Host.Shown);
        foreach (PSObject item in result.Output)
        {
            text.AppendLine(item.ToString()).AppendLine(PSSerializer.Serialize(item, 5));
        }

        foreach (ErrorRecord error in result.Errors.Append(result.Terminating).OfType<ErrorRecord>())
        {
            text.AppendLine(error.ToString()).AppendLine(error.Exception.ToString()).Append(error.TargetObject).Append(error.ErrorDetails);
        }

        text.AppendJoin('\n', [.. result.Verbose, .. result.Warnings, .. result.Debug, .. result.Progress.Select(p => $"{p.Activity} {p.StatusDescription}")]);
        return text.ToString();
    }

    /// <summary>Whether the service takes a key.</summary>
    public static async Task<bool> AcceptsAsync(this EmulatorServer emulator, string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage answer = await client.GetAsync(new Uri(emulator.BaseAddress, "api/v1/me"), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    public static void AssertReadOnly(this EmulatorServer emulator) => Assert.All(emulator.Requests.Snapshot(), r => Assert.Equal("GET", r.Method));

    private static string Call(string file) => $"& '{Path.Combine(Folder, file)}'";
}
