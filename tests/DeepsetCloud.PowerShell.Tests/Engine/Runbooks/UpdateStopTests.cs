namespace DeepsetCloud.Tests.Engine.Runbooks;

/// <summary>Ctrl-C, and script blocks that end the runbook, at each step of a rotation.</summary>
public class UpdateStopTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ctrl_C_while_the_key_is_tried_undoes_the_creation()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Fail(FaultKind.HangBeforeProcessing, "GET", "/api/v1/me");

        await StopAsync(scene, RotationScene.Store, () => scene.Emulator.Requests.Of("GET", "/api/v1/me").Count > 0);

        Assert.True(scene.HasOld);
        Assert.Empty(scene.New);
        Assert.Empty(scene.Vault);
        Assert.Contains("The new token was removed again.", scene.Shell.Host.Shown);
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_storing_leaves_both_since_the_vault_may_hold_either()
    {
        await using RotationScene scene = await RotationScene.StartAsync();

        await StopAsync(scene, "-StoreSecret { param($Secret) Save-InVault $Secret; while ($true) { } }", () => scene.Vault.Count > 0);

        await AssertBothWorkAsync(scene);
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("break")]
    public async Task A_script_block_that_ends_the_runbook_leaves_both(string ending)
    {
        await using RotationScene scene = await RotationScene.StartAsync();

        scene.Rotate($"-StoreSecret {{ param($Secret) Save-InVault $Secret; {ending} }}");

        await AssertBothWorkAsync(scene);
    }

    [Fact]
    public async Task Ctrl_C_while_the_creation_is_under_way_creates_nothing_more()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Fail(FaultKind.HangAfterProcessing, "POST", "/api/v1/token");

        await StopAsync(scene, RotationScene.Store, () => scene.New.Count > 0);

        Assert.True(scene.HasOld);
        Assert.Single(scene.New);
        Assert.Empty(scene.Vault);
        Assert.Contains("may exist; its secret is lost.", scene.Shell.Host.Shown);
    }

    private static async Task AssertBothWorkAsync(RotationScene scene)
    {
        Assert.True(scene.HasOld);
        Assert.True(await scene.Emulator.AcceptsAsync(scene.Old.Secret));
        Assert.True(await scene.Emulator.AcceptsAsync(Assert.Single(scene.Vault)));
        Assert.Contains(Assert.Single(scene.New).ApiTokenId, scene.Shell.Host.Shown);
        Assert.Contains("both tokens were left", scene.Shell.Host.Shown);
    }

    private static async Task StopAsync(RotationScene scene, string arguments, Func<bool> isThere)
    {
        using RunningScript running = scene.Shell.Begin($"{Runbook.Update} app {arguments}");
        Assert.True(SpinWait.SpinUntil(isThere, Enough), "The runbook did not get that far.");
        await Task.Run(running.Stop, TestContext.Current.CancellationToken).WaitAsync(Enough, TestContext.Current.CancellationToken);
        ShellResult result = running.End();
        Assert.True(running.IsStopped);
        Assert.Empty(result.Output);
        scene.CheckWhatAlwaysHolds(result);
    }
}
