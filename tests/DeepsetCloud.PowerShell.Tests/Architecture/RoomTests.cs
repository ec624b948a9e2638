using System.Text.RegularExpressions;
using NetArchTest.Rules;

namespace DeepsetCloud.Tests.Architecture;

/// <summary>
/// Each room of the house (a folder of src/, and the namespace of that name) knows only what its work needs. CONTRIBUTING.md has the
/// table for people.
/// </summary>
public class RoomTests
{
    private const string PowerShell = "System.Management.Automation";
    private const string Http = "System.Net.Http";

    private static readonly string[] Tokens =
        ["DeepsetCloud.ApiToken", "DeepsetCloud.CreatedApiToken", "DeepsetCloud.DcUser", "DeepsetCloud.DcOrganization", "DeepsetCloud.DcSession"];

    private static readonly string Source = Path.Combine(ModuleUnderTest.RepositoryRoot, "src", "DeepsetCloud.PowerShell");

    /// <summary>Room, and what it must not depend on.</summary>
    public static TheoryData<string, string[]> Rules => new()
    {
        { "Client", [PowerShell, Room("Commands"), Room("Parameters"), Room("Sessions"), Room("Module")] },
        { "Client.Http", [.. Tokens, Room("Client.Json"), Room("Client.Listing"), Room("Client.DeepsetClient")] },
        { "Client.Json", [Http, Room("Client.Http"), Room("Client.Listing"), Room("Client.DeepsetClient")] },
        { "Client.Listing", [Http, Room("Client.Http"), Room("Client.Json"), "System.Text.Json"] },
        { "Text", [PowerShell, Http, .. Tokens, Room("Client"), Room("Commands"), Room("Parameters"), Room("Sessions"), Room("Module")] },
        { "Sessions", [Http, Room("Commands"), Room("Parameters")] },
        { "Parameters", [Http, Room("Commands")] },
        { "Module", [Http, Room("Commands"), Room("Parameters"), Room("Sessions")] },
        { "Commands", [Http, Room("Client.Json"), "System.Text.Json"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_room_does_not_depend_on_what_is_none_of_its_business(string room, string[] forbidden)
    {
        PredicateList types = TypesIn(room);

        Assert.NotEmpty(types.GetTypes());
        AssertHolds(types.ShouldNot().HaveDependencyOnAny(forbidden));
    }

    [Fact]
    public void A_broken_rule_is_found() =>
        Assert.False(TypesIn("Commands").ShouldNot().HaveDependencyOn(PowerShell).GetResult().IsSuccessful);

    [Fact]
    public void Every_room_has_a_rule() => Assert.Subset(
        Rules.Select(rule => rule.Data.Item1).Append("Models").ToHashSet(),
        Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)).Except(["obj", "bin"]).ToHashSet());

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        foreach (string file in SourceFiles(""))
        {
            string folder = Path.GetDirectoryName(Path.GetRelativePath(Source, file))!.Replace(Path.DirectorySeparatorChar, '.');
            string expected = folder is "Models" ? "DeepsetCloud" : Room(folder);
            Assert.True(Regex.IsMatch(File.ReadAllText(file), $@"^namespace {Regex.Escape(expected)};", RegexOptions.Multiline), $"{file} is not in {expected}.");
        }
    }

    [Fact]
    public void Models_holds_every_public_type_that_is_no_command_and_knows_no_PowerShell()
    {
        Type[] models = [.. typeof(ApiToken).Assembly.GetTypes().Where(type => type is { Namespace: "DeepsetCloud", IsNested: false })];
        string[] files = [.. SourceFiles("Models").Select(file => Path.GetFileNameWithoutExtension(file)!)];

        Assert.All(models, type => Assert.True(type.IsPublic, type.Name));
        Assert.Equal(files.Order(StringComparer.Ordinal), models.Select(type => type.Name).Order(StringComparer.Ordinal));
        AssertHolds(Types.InAssembly(typeof(ApiToken).Assembly).That().ResideInNamespaceMatching("^DeepsetCloud$")
            .ShouldNot().HaveDependencyOnAny(PowerShell, Room("Commands"), Room("Sessions"), Room("Parameters"), Room("Module")));
    }

    // What the compiler leaves no trace of (a nameof, a comment with a type in it, an unused alias) is found in the text.
    [Theory]
    [InlineData("Client")]
    [InlineData("Text")]
    public void No_file_of_a_room_without_PowerShell_names_it(string room)
    {
        string[] files = SourceFiles(room);
        var forbidden = new Regex(@"System\s*\.\s*Management|\b(PSObject|PSCmdlet|Cmdlet|ErrorRecord|PSCredential|SwitchParameter)\b");

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => forbidden.IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Every_command_is_sealed_and_of_the_one_base_class()
    {
        Type[] commands = [.. typeof(ApiToken).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Command", StringComparison.Ordinal))];

        Assert.Equal(6, commands.Length);
        Assert.All(commands, type => Assert.True(type.IsSealed));
        Assert.All(commands, type => Assert.Equal("DcCmdlet", type.BaseType!.Name));
    }

    private static string Room(string name) => "DeepsetCloud." + name;

    private static PredicateList TypesIn(string room) =>
        Types.InAssembly(typeof(ApiToken).Assembly).That().ResideInNamespaceMatching($@"^DeepsetCloud\.{Regex.Escape(room)}(\.|$)");

    private static string[] SourceFiles(string room) =>
        [.. Directory.GetFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    private static void AssertHolds(ConditionList rule)
    {
        NetArchTest.Rules.TestResult result = rule.GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
