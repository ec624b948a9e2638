using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>What completion does with time and with a service that is wrong; tests/pester/Completion.Tests.ps1 has the rest.</summary>
public class CompletionTests
{
    [Fact]
    public async Task The_list_is_read_once_in_thirty_seconds_and_for_each_session()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        var clock = new FakeClock();
        using var shell = new Shell();
        shell.Set("one", Session(emulator, clock));
        shell.Set("two", Session(emulator, clock));

        Complete(shell, "Remove-DcApiToken -Session $one -ApiTokenId ");
        Complete(shell, "Remove-DcApiToken -Session $one -ApiTokenId ");
        Assert.Equal(1, emulator.Requests.Count);
        Complete(shell, "Get-DcApiToken -Session $two -ApiTokenId ");
        Assert.Equal(2, emulator.Requests.Count);
        clock.UtcNow += TimeSpan.FromSeconds(31);
        Assert.Equal(3, Complete(shell, "Remove-DcApiToken -Session $one -ApiTokenId ").Count);
        Assert.Equal(3, emulator.Requests.Count);
    }

    [Fact]
    public async Task It_waits_two_seconds_and_then_offers_nothing()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.HangBeforeProcessing, Times = Fault.Always });
        var clock = new FakeClock { HoldTimeouts = true };
        using var shell = new Shell();
        shell.Set("session", Session(emulator, clock));

        Task<List<CompletionResult>> offered = Task.Run(() => Complete(shell, "Remove-DcApiToken -Session $session -ApiTokenId "));
        await Eventually.TrueAsync(() => emulator.Requests.Count > 0);
        clock.StrikeTimeouts();

        Assert.Empty(await Eventually.DoneAsync(offered));
        Assert.Contains(2, clock.Timeouts);
    }

    [Fact]
    public async Task An_id_that_could_be_a_command_is_quoted()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault
        {
            Kind = FaultKind.RawBody,
            Body = """{"data":[{"api_token_id":"x'; exit 3 #","expires_at":null,"user":null,"name":"a\u001b[31mb"}],"has_more":false,"total":1}""",
        });
        using var shell = new Shell(emulator);

        CompletionResult offered = Assert.Single(Complete(shell, "Remove-DcApiToken "));

        Assert.Equal("'x''; exit 3 #'", offered.CompletionText);
        Assert.DoesNotContain('\u001b', offered.ListItemText + offered.ToolTip);
    }

    private static List<CompletionResult> Complete(Shell shell, string line)
    {
        shell.Set("line", line);
        return [.. shell.Run("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches")
            .EnsureNoErrors().As<CompletionResult>()];
    }

    private static DcSession Session(EmulatorServer emulator, IClock clock) => SessionFactory.Create(
        emulator.BaseAddress, new BearerToken(emulator.DefaultUser.Token, "-ApiKey"), new ConnectionOptions { Clock = clock });
}
