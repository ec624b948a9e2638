using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Runbooks;

public class UpdateTests
{
    [Fact]
    public async Task The_new_key_is_tried_and_stored_once_before_the_old_token_goes()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        List<string> steps = [];
        scene.Emulator.BeforeRequest = request =>
        {
            bool newKey = request.Headers["Authorization"] != "Bearer " + scene.Emulator.DefaultUser.Token;
            steps.Add($"{request.Method} {(newKey ? "new" : "user")} {scene.Vault.Count}");
            return Task.CompletedTask;
        };

        PSObject written = Assert.Single(scene.Rotate().EnsureNoErrors().Output);

        Assert.Equal(["GET user 0", "POST user 0", "GET user 0", "GET new 0", "DELETE user 1"], steps.Where((step, i) => i == 0 || step != steps[i - 1]));
        Assert.False(scene.HasOld);
        StoredToken created = Assert.Single(scene.New);
        Assert.True(await scene.Emulator.AcceptsAsync(Assert.Single(scene.Vault)));
        Assert.False(await scene.Emulator.AcceptsAsync(scene.Old.Secret));
        Assert.Equal(("app", created.ApiTokenId, scene.OldId, true), (written.Value("Name"), written.Value("ApiTokenId"), written.Value("OldApiTokenId"), written.Value("IsOldRemoved")));
        Assert.Contains("DeepsetCloud.ApiTokenRotation", written.TypeNames);
        Assert.Equal(created.ExpiresAt, written.Value("ExpiresAt"));
    }

    [Fact]
    public async Task The_new_token_is_like_the_old_one()
    {
        await using RotationScene scene = await RotationScene.StartAsync();

        scene.Rotate(RotationScene.Store + " -ValidDays 7").EnsureNoErrors();

        StoredToken created = Assert.Single(scene.New);
        Assert.Equal(("app", false, "ADMIN"), (created.Name, created.Personal, created.OrganizationRole));
        Assert.Equal(["production"], created.Workspaces);
        Assert.InRange(created.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddDays(7).AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(7));
    }

    [Fact]
    public async Task What_is_said_goes_before_what_the_old_token_has()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        string role = Guid.NewGuid().ToString();

        scene.Rotate(RotationScene.Store + $" -NewName app2 -NeverExpires -Type Personal -OrganizationRole Member -Workspace staging, default -RoleId {role}").EnsureNoErrors();

        StoredToken created = Assert.Single(scene.New);
        Assert.Equal(("app2", true, "MEMBER", role, false), (created.Name, created.Personal, created.OrganizationRole, created.RoleId, created.Expires));
        Assert.Equal(["staging", "default"], created.Workspaces);
    }

    [Fact]
    public async Task A_token_for_all_workspaces_is_replaced_by_one_for_all()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Emulator.Tokens.Create(new NewToken { Name = "everywhere" });

        scene.Rotate(identity: "everywhere").EnsureNoErrors();

        Assert.Empty(Assert.Single(scene.New).Workspaces);
        Assert.DoesNotContain("workspaces", Assert.Single(scene.Emulator.Requests.Of("POST")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_names_the_token_even_where_several_have_its_name()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        CreatedToken twin = scene.Emulator.Tokens.Create(new NewToken { Name = "app" });

        ShellResult byName = scene.Rotate();
        scene.Emulator.AssertReadOnly();
        ShellResult byId = scene.Rotate(identity: scene.OldId).EnsureNoErrors();

        ErrorRecord error = byName.Failure();
        Assert.StartsWith("TokenAmbiguous,", error.FullyQualifiedErrorId);
        Assert.Contains(scene.OldId, error.Exception.Message);
        Assert.Contains(twin.Token.ApiTokenId, error.Exception.Message);
        Assert.Equal(scene.OldId, Assert.Single(byId.Output).Value("OldApiTokenId"));
        Assert.NotNull(scene.Emulator.Tokens.Find(twin.Token.ApiTokenId));
    }

    [Theory]
    [InlineData("", "VaultRequired")]
    [InlineData("-StoreSecret { } -VaultName Team", "VaultRequired")]
    [InlineData("-StoreSecret { } -NeverExpires -ValidDays 3", "InvalidExpiry")]
    [InlineData("-StoreSecret { } -NewName x", "TokenNotFound", "APP")]
    [InlineData("-StoreSecret { } -NewName x", "TokenNotFound", "a*")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_changed(string arguments, string errorId, string identity = "app")
    {
        await using RotationScene scene = await RotationScene.StartAsync();

        Assert.StartsWith(errorId + ",", scene.Rotate(arguments, identity).Failure().FullyQualifiedErrorId);

        scene.Emulator.AssertReadOnly();
    }

    [Fact]
    public async Task WhatIf_and_a_No_to_the_one_question_change_nothing_and_hand_over_nothing()
    {
        await using RotationScene scene = await RotationScene.StartAsync();
        scene.Shell.Host.Answer = "&No";

        Assert.Empty(scene.Rotate(RotationScene.Store + " -WhatIf").EnsureNoErrors().Output);
        scene.Rotate(RotationScene.Store + " -Confirm").EnsureNoErrors();

        scene.Emulator.AssertReadOnly();
        Assert.Empty(scene.Vault);
        Assert.Contains($"API token 'app' {scene.OldId}", scene.Shell.Host.Shown);
        scene.Shell.Host.Answer = "&Yes";
        scene.Rotate(RotationScene.Store + " -Confirm").EnsureNoErrors();
        Assert.Equal(2, scene.Shell.Host.Questions.Count);
        Assert.False(scene.HasOld);
    }

    [Fact]
    public async Task Rights_that_the_service_does_not_tell_are_not_guessed()
    {
        await using RotationScene scene = await RotationScene.StartAsync(new EmulatorOptions { Generation = ApiGeneration.Classic });

        ErrorRecord refused = scene.Rotate(identity: scene.OldId).Failure();
        scene.Emulator.AssertReadOnly();
        ShellResult accepted = scene.Rotate(RotationScene.Store + " -NewName app -AcceptServiceDefaults", scene.OldId).EnsureNoErrors();

        Assert.StartsWith("RightsUnknown,", refused.FullyQualifiedErrorId);
        Assert.Contains("-Type, -OrganizationRole, -Workspace", refused.Exception.Message);
        Assert.False(scene.HasOld);

        // Without names in the list, the id is found all the same.
        Assert.Equal(Assert.Single(scene.New).ApiTokenId, Assert.Single(accepted.Output).Value("ApiTokenId"));
    }

    [Fact]
    public async Task The_script_block_is_run_as_its_author_wrote_it()
    {
        await using RotationScene scene = await RotationScene.StartAsync();

        // No strict mode of the runbook's, variables by closure, the token as the second argument.
        scene.Shell.Run("$VaultName = 'mine'; $block = { param($Secret, $Token) $absent.Property; Save-InVault $Secret; $global:seen = \"$VaultName $($Token.Name) $($Token.ExpiresAt.Year)\" }.GetNewClosure()").EnsureNoErrors();
        scene.Rotate("-StoreSecret $block").EnsureNoErrors();

        Assert.Equal($"mine app {DateTimeOffset.UtcNow.AddDays(90).Year}", scene.Shell.Get("seen"));
        Assert.Single(scene.Vault);
    }
}
