using System.Text.RegularExpressions;
using NetArchTest.Rules;

namespace DeepsetCloud.Tests.Architecture;

/// <summary>The flow is one way: Commands, Sessions, Api; and Api knows nothing of PowerShell.</summary>
public class LayerTests
{
    private const string PowerShell = "System.Management.Automation";

    private static readonly Type[] Models =
        [typeof(ApiToken), typeof(ApiTokenType), typeof(CreatedApiToken), typeof(DcApiException), typeof(DcOrganization), typeof(DcUser), typeof(OrganizationRole)];

    [Fact]
    public void No_type_of_Api_depends_on_PowerShell()
    {
        PredicateList api = Types.InAssembly(typeof(ApiToken).Assembly).That().ResideInNamespaceStartingWith("DeepsetCloud.Api");

        Assert.Contains("TokenService", api.GetTypes().Select(type => type.Name));
        AssertHolds(api.ShouldNot().HaveDependencyOn(PowerShell));
        AssertHolds(api.ShouldNot().HaveDependencyOnAny("DeepsetCloud.Commands", "DeepsetCloud.Sessions", "DeepsetCloud.Errors"));
    }

    [Fact]
    public void No_public_model_depends_on_PowerShell()
    {
        string[] names = [.. Models.Select(type => type.Name)];
        Assert.All(Models, type => Assert.True(type.IsPublic && type.Namespace == "DeepsetCloud"));
        PredicateList models = Types.InAssembly(typeof(ApiToken).Assembly).That().ResideInNamespaceMatching("^DeepsetCloud$");

        Assert.Superset(names.ToHashSet(), models.GetTypes().Select(type => type.Name).ToHashSet());
        AssertHolds(models.ShouldNot().HaveDependencyOn(PowerShell));
    }

    [Theory]
    [InlineData("DeepsetCloud.Sessions", "DeepsetCloud.Commands", "DeepsetCloud.Errors")]
    [InlineData("DeepsetCloud.Errors", "DeepsetCloud.Commands", "DeepsetCloud.Sessions")]
    public void Nobody_looks_back(string room, params string[] above) =>
        AssertHolds(Types.InAssembly(typeof(ApiToken).Assembly).That().ResideInNamespaceStartingWith(room).ShouldNot().HaveDependencyOnAny(above));

    [Fact]
    public void The_rules_can_fail() => Assert.False(
        Types.InAssembly(typeof(ApiToken).Assembly).That().ResideInNamespaceStartingWith("DeepsetCloud.Commands")
            .ShouldNot().HaveDependencyOn(PowerShell).GetResult().IsSuccessful);

    // What the compiler leaves no trace of (a nameof, a comment with a type in it, an unused alias) is found in the text.
    [Fact]
    public void No_file_of_Api_names_PowerShell()
    {
        string[] files = Directory.GetFiles(Path.Combine(ModuleUnderTest.RepositoryRoot, "src", "DeepsetCloud.PowerShell", "Api"), "*.cs", SearchOption.AllDirectories);
        var forbidden = new Regex(@"System\s*\.\s*Management|\b(PSObject|PSCmdlet|Cmdlet|ErrorRecord|PSCredential|SwitchParameter)\b");

        Assert.True(files.Length > 20);
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

    private static void AssertHolds(ConditionList rule)
    {
        NetArchTest.Rules.TestResult result = rule.GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
