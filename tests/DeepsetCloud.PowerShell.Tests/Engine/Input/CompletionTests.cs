using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Sessions;

namespace DeepsetCloud.Tests.Completion;

public class CompletionTests
{
    [Theory]
    [InlineData("Connect-DcSession -Region ", "EU,US")]
    [InlineData("New-DcApiToken -Type ", "Personal,Service")]
    [InlineData("New-DcApiToken -OrganizationRole ", "Admin,External,Member")]
    public void Enumerations_are_offered(string line, string expected)
    {
        using var shell = new Shell();

        Assert.Equal(expected.Split(','), Complete(shell, line).Select(c => c.CompletionText).Order());
    }

    [Theory]
    [InlineData("Remove-DcApiToken ")]
    [InlineData("Remove-DcApiToken -ApiTokenId ")]
    [InlineData("Get-DcApiToken -ApiTokenId ")]
    public async Task Token_ids_are_offered_with_name_owner_and_expiry(string line)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        StoredToken token = emulator.Tokens.Create(new NewToken { Name = "ci", Expires = false }).Token;
        using var shell = new Shell(emulator);

        CompletionResult offered = Assert.Single(Complete(shell, line));

        Assert.Equal(token.ApiTokenId, offered.CompletionText.Trim('\''));
        Assert.Equal("ci", offered.ListItemText);
        Assert.Equal("ci, Ada Lovelace, expires never", offered.ToolTip);
    }

    [Fact]
    public async Task A_part_of_the_name_or_the_beginning_of_the_id_narrows_the_offer()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        StoredToken wanted = emulator.Tokens.Create(new NewToken { Name = "pipeline-wanted" }).Token;
        emulator.Tokens.Create(new NewToken { Name = "other" });
        using var shell = new Shell(emulator);

        foreach (string typed in new[] { "WANTED", wanted.ApiTokenId[..8] })
        {
            Assert.Equal("pipeline-wanted", Assert.Single(Complete(shell, "Remove-DcApiToken " + typed)).ListItemText);
        }
    }

    [Fact]
    public async Task The_list_is_read_once_in_thirty_seconds_and_for_each_session()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(3);
        var clock = new SteppedClock();
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
        var clock = new SteppedClock { IsHanging = true };
        using var shell = new Shell();
        shell.Set("session", Session(emulator, clock));

        Assert.DoesNotContain(Complete(shell, "Remove-DcApiToken -Session $session -ApiTokenId "), c => c.ResultType == CompletionResultType.ParameterValue);
        Assert.Contains(TimeSpan.FromSeconds(2), clock.Limits);
    }

    [Theory]
    [InlineData("Remove-DcApiToken -ApiTokenId ")]
    [InlineData("Remove-DcApiToken -Session 'nonsense' -ApiTokenId ")]
    public async Task A_failure_is_silent(string line)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Times = Fault.Always });
        using var shell = new Shell(emulator);

        Assert.DoesNotContain(Complete(shell, line), c => c.ResultType == CompletionResultType.ParameterValue);
        Assert.Empty((System.Collections.ArrayList)shell.Get("Error")!);
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

    /// <summary>A clock that a test sets; limits are noted, and one of two seconds or less is over at once.</summary>
    private sealed class SteppedClock : IClock
    {
        public DateTimeOffset UtcNow { get; set; } = DateTimeOffset.UtcNow;

        public List<TimeSpan> Limits { get; } = [];

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

        public double NextJitter() => 0;

        public void CancelAfter(CancellationTokenSource source, TimeSpan delay)
        {
            Limits.Add(delay);
            if (delay <= TimeSpan.FromSeconds(2) && IsHanging)
            {
                source.Cancel();
            }
        }

        public bool IsHanging { get; set; }
    }
}
