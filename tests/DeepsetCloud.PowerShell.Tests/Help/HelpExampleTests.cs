using System.Security;

namespace DeepsetCloud.Tests.Help;

/// <summary>Runs every example of the help as it stands there, against the emulator.</summary>
[Collection(EnvironmentTests.Name)]
public class HelpExampleTests
{
    private static readonly Dictionary<string, ExampleOutcome[]> Outcomes = new()
    {
        ["Connect-DcSession"] = [new(1), new(), new(), new(), new(2)],
        ["Disconnect-DcSession"] = [new(), new(Removed: 1), new()],
        ["Get-DcApiToken"] = [new(45), new(4), new(2), new() { Taken = 45 }, new(21), new(1), new(2), new(5), new(5)],
        ["Get-DcSession"] = [new(1), new(), new(3), new(1)],
        ["New-DcApiToken"] =
        [
            new(1, Created: 1), new(Created: 1), new(Created: 1) { Taken = 1 }, new(Created: 2), new(1, Created: 1) { Questions = 1 }, new(Created: 1),
        ],
        ["Remove-DcApiToken"] =
        [
            new(Removed: 1), new(Removed: 1), new(1, Removed: 2), new(Removed: 40), new(Removed: 2), new(Removed: 1) { RemovedAtStaging = 1 },
        ],
    };

    public static TheoryData<string, int> Examples
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (HelpPage page in MamlHelp.Pages)
            {
                for (int i = 0; i < page.Examples.Count; i++)
                {
                    data.Add(page.Name, i);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_example_has_an_outcome() =>
        Assert.Equal(
            MamlHelp.Pages.Select(page => (page.Name, page.Examples.Count)),
            Outcomes.Select(o => (o.Key, o.Value.Length)).OrderBy(o => o.Key, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_does_what_it_says(string cmdlet, int index)
    {
        await using ExampleWorld world = await ExampleWorld.MakeAsync(isConnected: cmdlet != "Connect-DcSession");
        if (cmdlet == "Disconnect-DcSession")
        {
            // It would say that a secret is kept, which is what the examples of Get-DcSession are about.
            world.Shell.Run("$null = (Get-DcSession).TakeUndeliveredToken()").EnsureNoErrors();
        }

        int before = world.Production.Tokens.Count, beforeAtStaging = world.Staging.Tokens.Count;
        int createdBefore = world.Production.Tokens.TotalCreated;
        ExampleOutcome wanted = Outcomes[cmdlet][index];

        ShellResult result = world.Shell.Run(Example(cmdlet, index)).EnsureNoErrors();

        Assert.Empty(result.Warnings);
        Assert.Equal(wanted.Output, result.Output.Count);
        int created = world.Production.Tokens.TotalCreated - createdBefore;
        Assert.Equal(wanted.Created, created);
        Assert.Equal(wanted.Removed, before + created - world.Production.Tokens.Count);
        Assert.Equal(wanted.RemovedAtStaging, beforeAtStaging - world.Staging.Tokens.Count);
        Assert.Equal(wanted.Questions, world.Shell.Host.Questions.Count);
        Assert.Equal(wanted.Taken, world.Taken.Count + world.RowsWritten);
    }

    [Fact]
    public async Task The_clean_up_example_leaves_one_token_after_an_uncertain_creation()
    {
        await using ExampleWorld world = await ExampleWorld.MakeAsync(isConnected: true);
        world.Production.Faults.Add(FaultKind.CloseAfterProcessing, "POST");

        world.Shell.Run(Example("New-DcApiToken", 5)).EnsureNoErrors();

        Assert.Single(world.Production.Tokens.Snapshot(), token => token.Name == "nightly");
        Assert.Equal(["POST", "POST"], world.Production.Requests.Snapshot().Where(r => r.Method == "POST").Select(r => r.Method));
    }

    [Fact]
    public async Task The_vault_example_stores_the_secret()
    {
        await using ExampleWorld world = await ExampleWorld.MakeAsync(isConnected: true);

        world.Shell.Run(Example("New-DcApiToken", 1)).EnsureNoErrors();

        AssertIsKey(world, world.Vault["deepset-deploy"]);
    }

    [Fact]
    public async Task The_plain_text_example_hands_the_secret_on()
    {
        await using ExampleWorld world = await ExampleWorld.MakeAsync(isConnected: true);

        world.Shell.Run(Example("New-DcApiToken", 2)).EnsureNoErrors();

        string[] taken = Assert.IsType<string>(Assert.Single(world.Taken)).Split(' ');
        Assert.Equal(["secret", "set", "DEEPSET_API_KEY"], taken[..3]);
        AssertIsKey(world, Shell.Secure(taken[3]));
    }

    [Fact]
    public async Task The_two_organizations_example_keeps_them_apart()
    {
        await using ExampleWorld world = await ExampleWorld.MakeAsync(isConnected: true);

        world.Shell.Run(Example("Remove-DcApiToken", 5)).EnsureNoErrors();

        Assert.Equal(["new"], world.Staging.Tokens.Snapshot().Select(token => token.Name));
        Assert.DoesNotContain(world.Production.Tokens.Snapshot(), token => token.Name == "ci-build");
    }

    private static string Example(string cmdlet, int index) => MamlHelp.Pages.Single(page => page.Name == cmdlet).Examples[index].Code;

    private static void AssertIsKey(ExampleWorld world, SecureString secret)
    {
        world.Shell.Set("secret", secret);
        Assert.NotNull(Assert.Single(world.Shell.Run("Connect-DcSession $secret -PassThru").EnsureNoErrors().As<DcSession>()).User);
    }
}
