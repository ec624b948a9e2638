using System.Management.Automation;

namespace DeepsetCloud.Tests.Runbooks;

public class RemoveExpiredTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Expired_tokens_go_and_all_others_stay()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(250);
        string[] expired = [.. emulator.Tokens.Snapshot().Where(t => t.ExpiresAt < Now).Select(t => t.ApiTokenId)];
        string[] others = [.. emulator.Tokens.Snapshot().Select(t => t.ApiTokenId).Except(expired)];
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove).EnsureNoErrors();

        Assert.Equal(others, emulator.Tokens.Snapshot().Select(t => t.ApiTokenId));
        Assert.Equal(expired.Order(), result.Output.Select(o => (string)o.Value("ApiTokenId")!).Order());
        Assert.All(result.Output, o => Assert.Contains("DeepsetCloud.RemovedApiToken", o.TypeNames));
        Assert.All(result.Output, o => Assert.Equal("Ada Lovelace", o.Value("Owner")));
    }

    [Fact]
    public async Task A_token_without_expiry_is_never_removed_however_long_the_grace()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Generation = ApiGeneration.Classic });
        emulator.Tokens.Seed(5, _ => new NewToken { Expires = false });
        using Shell shell = Runbook.Shell(emulator);

        Assert.Empty(shell.Run(Runbook.Remove).EnsureNoErrors().Output);
        Assert.Empty(shell.Run(Runbook.Remove + " -GraceDays 36500").EnsureNoErrors().Output);

        Assert.Equal(5, emulator.Tokens.Count);
    }

    [Fact]
    public async Task Grace_and_name_narrow_what_is_removed()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(6, i => new NewToken { Name = i % 2 == 0 ? $"ci-{i}" : $"app-{i}", ExpiresAt = Now.AddDays(-10 * i).AddHours(-1) });
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove + " -GraceDays 15 -Name 'CI-*'").EnsureNoErrors();

        Assert.Equal(["ci-2", "ci-4"], result.Output.Select(o => o.Value("Name")).Order());
        Assert.Equal(4, emulator.Tokens.Count);
    }

    [Fact]
    public async Task WhatIf_names_each_token_and_only_reads()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(8);
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove + " -WhatIf").EnsureNoErrors();

        Assert.Empty(result.Output);
        emulator.AssertReadOnly();
        Assert.All(emulator.Tokens.Snapshot().Where(t => t.ExpiresAt < Now), t => Assert.Contains(t.ApiTokenId, shell.Host.Shown));
        Assert.Contains("token-000001", shell.Host.Shown);
    }

    [Fact]
    public async Task Confirm_asks_for_each_token()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(8);
        using Shell shell = Runbook.Shell(emulator);
        shell.Host.Answer = "&No";

        Assert.Empty(shell.Run(Runbook.Remove + " -Confirm").EnsureNoErrors().Output);

        Assert.Equal(2, shell.Host.Questions.Count);
        Assert.Equal(8, emulator.Tokens.Count);
    }

    [Fact]
    public async Task One_failure_does_not_keep_the_others_from_being_done_and_then_fails_the_runbook()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(40, i => new NewToken { Name = $"old-{i}", ExpiresAt = Now.AddDays(-1) });
        string stuck = emulator.Tokens.Snapshot()[20].ApiTokenId;
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 500, Method = "DELETE", PathPrefix = "/api/v1/token/" + stuck });
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove);

        Assert.Equal(stuck, Assert.Single(emulator.Tokens.Snapshot()).ApiTokenId);
        Assert.Equal(39, result.Output.Count);
        ErrorRecord error = Assert.Single(result.Items());
        Assert.StartsWith("ServiceUnavailable,", error.FullyQualifiedErrorId);
        Assert.Equal(stuck, error.TargetObject);
        Assert.StartsWith("ExpiredTokensRemain,", result.Failure().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task An_API_key_is_told_that_it_cannot_remove()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1, _ => new NewToken { ExpiresAt = Now.AddDays(-1) });
        CreatedToken key = emulator.Tokens.Create();
        using Shell shell = Runbook.Shell(emulator, key.Secret);

        ShellResult result = shell.Run(Runbook.Remove);

        Assert.StartsWith("Forbidden,", Assert.Single(result.Items()).FullyQualifiedErrorId);
        Assert.StartsWith("ExpiredTokensRemain,", result.Failure().FullyQualifiedErrorId);
        Assert.Equal(2, emulator.Tokens.Count);
    }

    [Fact]
    public async Task Several_organizations_are_cleaned_and_one_that_fails_does_not_stop_the_next()
    {
        await using EmulatorServer eu = await EmulatorServer.StartAsync();
        await using EmulatorServer us = await EmulatorServer.StartAsync();
        eu.Tokens.Seed(8);
        us.Tokens.Seed(12);
        using Shell shell = Runbook.Shell(eu);
        shell.Set("euUri", eu.BaseAddress);
        shell.Set("usUri", us.BaseAddress);
        shell.Run("$eu = Connect-DcSession $key -BaseUri $euUri -PassThru -MaximumRetryCount 0; $us = Connect-DcSession $key -BaseUri $usUri -PassThru -SkipVerification").EnsureNoErrors();

        ShellResult both = shell.Run(Runbook.Remove + " -Session $eu, $us").EnsureNoErrors();

        Assert.Equal((6, 9), (eu.Tokens.Count, us.Tokens.Count));
        Assert.Equal(["127.0.0.1", "Analytical Engines"], both.Output.Select(o => o.Value("Organization")).Distinct().Order());

        us.Tokens.Clear();
        us.Tokens.Seed(4);
        eu.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401 });
        ShellResult half = shell.Run(Runbook.Remove + " -Session $eu, $us");

        Assert.Equal(3, us.Tokens.Count);
        Assert.StartsWith("Unauthorized,", Assert.Single(half.Items()).FullyQualifiedErrorId);
        Assert.StartsWith("ExpiredTokensRemain,", half.Failure().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_removal_that_is_refused_for_good_is_one_error_only()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(1, _ => new NewToken { ExpiresAt = Now.AddDays(-1) });
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 401, Method = "DELETE" });
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove);

        Assert.StartsWith("Unauthorized,", Assert.Single(result.Items()).FullyQualifiedErrorId);
        Assert.StartsWith("ExpiredTokensRemain,", result.Failure().FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Hostile_names_are_only_names()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Seed(Runbook.HostileNames.Count, i => new NewToken { Name = Runbook.HostileNames[i], ExpiresAt = Now.AddDays(-1) });
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = shell.Run(Runbook.Remove).EnsureNoErrors();

        Assert.Equal(Runbook.HostileNames.Order(StringComparer.Ordinal), result.Output.Select(o => (string)o.Value("Name")!).Order(StringComparer.Ordinal));
        Assert.Equal(0, emulator.Tokens.Count);
    }
}
