using System.Reflection;
using System.Runtime.Loader;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Module;
using NetArchTest.Rules;

namespace DeepsetCloud.Tests.Desktop;

public class ModuleLifetimeTests
{
    [Theory]
    [InlineData("6.2.7.0", "6.2")]
    [InlineData("7.0.13.0", "7.0")]
    [InlineData("7.2.24.500", "7.2")]
    [InlineData("7.3.12.500", "7.3")]
    public void Too_old_an_engine_is_told_what_is_needed(string engine, string shown)
    {
        var e = Assert.Throws<NotSupportedException>(() => EngineRequirement.Check(new Version(engine)));

        Assert.Equal($"DeepsetCloud needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell {shown}.", e.Message);
    }

    // 3.0: the version that the engine's assembly has in all of Windows PowerShell.
    [Theory]
    [InlineData("3.0.0.0")]
    [InlineData("7.4.0.500")]
    [InlineData("7.6.0.500")]
    [InlineData("8.0.0.0")]
    public void A_supported_engine_is_welcome(string engine) => Assert.Null(Record.Exception(() => EngineRequirement.Check(new Version(engine))));

    [Fact]
    public void On_PowerShell_7_the_module_listens_to_no_assembly_load()
    {
        using var shell = new Shell();
        DesktopAssemblyResolver.Register();

        Assert.DoesNotContain(Listeners(), listener => listener.Method.DeclaringType?.Assembly == typeof(ApiToken).Assembly);
        Assert.False(DotNetFramework.IsCurrent);
    }

    [Fact]
    public void The_look_at_the_listeners_sees_them()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Ignore;
        try
        {
            Assert.Contains(Listeners(), listener => listener.Method.Name == nameof(Ignore));
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Ignore;
        }
    }

    // On PowerShell 7.3 the one that the module is built against does not exist: the check must come to its end without.
    [Fact]
    public void Import_uses_no_Json_and_no_connection()
    {
        PredicateList import = Types.InAssembly(typeof(ApiToken).Assembly).That().HaveNameMatching("^(ModuleLifetime|EngineRequirement|Desktop.+)$");

        Assert.Contains(import.GetTypes(), type => type.Name == nameof(ModuleLifetime));
        Assert.True(import.ShouldNot().HaveDependencyOnAny("System.Text.Json", "System.Net", "System.Span`1", "System.ReadOnlySpan`1").GetResult().IsSuccessful);
    }

    private static Assembly? Ignore(object? sender, ResolveEventArgs request) => null;

    private static Delegate[] Listeners()
    {
        FieldInfo? field = typeof(AssemblyLoadContext).GetField("AssemblyResolve", BindingFlags.Static | BindingFlags.NonPublic);
        Assert.NotNull(field);
        return (field.GetValue(null) as Delegate)?.GetInvocationList() ?? [];
    }
}
