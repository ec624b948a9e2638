using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Runbooks;

/// <summary>Every step of a rotation fails once: a key that works is left each time, and it is said what is there.</summary>
public class UpdateFailureTests
{
    [Theory]
    [InlineData("throw 'the vault is closed'", "the vault is closed")]
    [InlineData("Get-Command no-such-vault", "no-such-vault")]
    [InlineData("$global:LASTEXITCODE = 3", "exit code 3")]
    [InlineData("throw \"no: $([System.Net.NetworkCredential]::new('', $Secret).Password)\"", "no: ***")]
    public async Task A_vault_that_refuses_undoes_the_creation(string failing, string said)
    {
        await using RotationScene scene = await RotationScene.StartAsync();

        ShellResult result = scene.Rotate($"-StoreSecret {{ param($Secret) Save-InVault $Secret; {failing} }}");

        AssertUndone(scene, result, said);
        Assert.Single(scene.Vault);
        Assert.False(await scene.Emulator.AcceptsAsync(scene.Vault[0]));
    }

    [Theory]
    [InlineData(FaultKind.Status, 401, "responded in place of")]
    [InlineData(FaultKind.Status, 500, "cannot respond at the moment")]
    [InlineData(FaultKind.ResetAfterRead, 0, "The connection to")]
    [InlineData(FaultKind.RawBody, 200, "but")]
    public async Task A_key_that_fails_its_trial_never_reaches_the_vault(FaultKind kind, int status, string said)
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Emulator.Faults.Add(new Fault { Kind = kind, Status = status, PathPrefix = "/api/v1/me", Body = "<html>" });

        ShellResult result = scene.Rotate();

        AssertUndone(scene, result, said);
        Assert.Empty(scene.Vault);
    }

    [Theory]
    [InlineData(FaultKind.ResetAfterProcessing, 1)]
    [InlineData(FaultKind.CutBody, 1)]
    [InlineData(FaultKind.ResetAfterRead, 0)]
    public async Task A_lost_answer_to_the_creation_is_never_followed_by_a_second_creation(FaultKind kind, int created)
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Fail(kind, "POST", "/api/v1/token");

        ErrorRecord error = scene.Rotate().Failure();

        Assert.StartsWith("CreationUncertain,", error.FullyQualifiedErrorId);
        Assert.True(scene.HasOld);
        Assert.Equal(created, scene.New.Count);
        Assert.Equal(1, scene.Emulator.Requests.CountOf("POST"));
        Assert.Equal(0, scene.Emulator.Requests.CountOf("DELETE"));
        Assert.Empty(scene.Vault);
        Assert.Contains("Get-DcApiToken", error.Exception.Message);
        Assert.Contains(created == 1 ? scene.New[0].ApiTokenId : "may still appear", error.Exception.Message);
    }

    [Fact]
    public async Task A_creation_that_is_refused_changes_nothing_and_keeps_its_own_error()
    {
        await using RotationScene scene = await RotationScene.StartWithApiKeyAsync();

        ErrorRecord error = scene.Rotate().Failure();

        Assert.StartsWith("Forbidden,", error.FullyQualifiedErrorId);
        Assert.True(scene.HasOld);
        Assert.Empty(scene.New);
        Assert.Empty(scene.Vault);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    public async Task An_old_token_that_cannot_be_removed_leaves_both_working_and_is_named(int status)
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Fail(FaultKind.Status, "DELETE", "/api/v1/token/" + scene.OldId, status);

        ShellResult result = scene.Rotate();

        Assert.StartsWith("OldTokenRemains,", result.Failure().FullyQualifiedErrorId);
        Assert.Contains($"Remove-DcApiToken {scene.OldId}", result.Failure().Exception.Message);
        Assert.True(scene.HasOld);
        Assert.Single(scene.New);
        Assert.True(await scene.Emulator.AcceptsAsync(Assert.Single(scene.Vault)));
        Assert.Equal(false, Assert.Single(result.Output).Value("IsOldRemoved"));
    }

    [Fact]
    public async Task An_old_token_that_somebody_else_has_removed_is_what_was_wanted()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Emulator.BeforeRequest = request =>
        {
            if (request.Method == "DELETE")
            {
                scene.Emulator.Tokens.Remove(scene.OldId);
            }

            return Task.CompletedTask;
        };

        Assert.Equal(true, Assert.Single(scene.Rotate().EnsureNoErrors().Output).Value("IsOldRemoved"));
    }

    [Fact]
    public async Task A_creation_that_cannot_be_undone_is_named()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Fail(FaultKind.Status, "DELETE", "/api/v1/token/");

        ErrorRecord error = scene.Rotate("-StoreSecret { throw 'closed' }").Failure();

        Assert.StartsWith("RotationUndone,", error.FullyQualifiedErrorId);
        Assert.Contains($"The new token {Assert.Single(scene.New).ApiTokenId} could not be removed again", error.Exception.Message);
        Assert.True(scene.HasOld);
    }

    [Theory]
    [InlineData(RotationScene.Store, false)]
    [InlineData("-StoreSecret { throw 'closed' }", true)]
    public async Task A_token_of_somebody_else_with_the_same_name_is_not_mistaken_for_ours(string arguments, bool fails)
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        StoredToken? foreign = null;
        scene.Emulator.BeforeRequest = request =>
        {
            foreign ??= request.Method == "POST" ? scene.Emulator.Tokens.Create(new NewToken { Name = "app" }).Token : null;
            return Task.CompletedTask;
        };

        ShellResult result = scene.Rotate(arguments);

        Assert.Equal(2, scene.New.Count);
        Assert.Contains(scene.New, t => t.ApiTokenId == foreign!.ApiTokenId);
        Assert.Equal(fails, scene.HasOld);
        if (fails)
        {
            Assert.All(scene.New, t => Assert.Contains(t.ApiTokenId, result.Failure().Exception.Message));
        }
        else
        {
            Assert.Null(Assert.Single(result.EnsureNoErrors().Output).Value("ApiTokenId"));
        }
    }

    [Fact]
    public async Task A_listing_that_fails_right_after_the_creation_undoes_it_once_the_list_is_there_again()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        bool isCreated = false;
        scene.Emulator.AfterRequest = request =>
        {
            isCreated |= request.Method == "POST";
            return Task.CompletedTask;
        };
        scene.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 500, Method = "GET", PathPrefix = "/api/v1/token", When = _ => isCreated });

        AssertUndone(scene, scene.Rotate(), "cannot respond at the moment");
        Assert.Empty(scene.Vault);
    }

    private static void AssertUndone(RotationScene scene, ShellResult result, string said)
    {
        ErrorRecord error = result.Failure();
        Assert.StartsWith("RotationUndone,", error.FullyQualifiedErrorId);
        Assert.Contains(said, error.Exception.Message);
        Assert.Contains("The new token was removed again. The old one was not touched.", error.Exception.Message);
        Assert.Empty(result.Output);
        Assert.True(scene.HasOld);
        Assert.Empty(scene.New);
        Assert.Equal(1, scene.Emulator.Requests.CountOf("POST"));
        Assert.Equal(1, scene.Emulator.Requests.CountOf("DELETE"));
    }
}
