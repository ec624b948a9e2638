using System.Reflection;
using System.Text.RegularExpressions;

namespace DeepsetCloud.Tests.Architecture;

/// <summary>Runspaces share a process, so nothing static may change: it would be everybody's.</summary>
public class StaticStateTests
{
    // Types whose values cannot change once made.
    private static readonly Type[] Immutable =
        [typeof(string), typeof(Uri), typeof(Version), typeof(TimeSpan), typeof(DateTimeOffset), typeof(Regex), typeof(HttpMethod)];

    // Lists that hold their type's constants, are private and are handed out to nobody.
    private static readonly string[] PrivateConstants =
    [
        "DeepsetCloud.Client.Http.ApiResponse.RequestIdHeaders: an array of header names, only enumerated",
        "DeepsetCloud.Client.Http.RateLimitReset.Names: an array of header names, only enumerated",
        "DeepsetCloud.Text.KeyRedactor.Beginnings: an array of prefixes, only enumerated",
        "DeepsetCloud.ApiToken.NoProperties: a read-only view of a dictionary that nobody else can reach",
    ];

    [Fact]
    public void No_static_field_of_the_module_can_change()
    {
        FieldInfo[] fields = [.. typeof(ApiToken).Assembly.GetTypes().Where(IsOurs).SelectMany(StaticFieldsOf)];

        Assert.Contains(fields, field => field.Name == "RequestIdHeaders");
        Assert.Equal([], fields.Where(field => !field.IsInitOnly).Select(Describe));
        Assert.Equal([], fields.Where(field => !IsImmutable(field.FieldType)).Select(Describe).Where(name => !IsExplained(name)));
    }

    [Fact]
    public void Every_exception_from_the_rule_still_exists()
    {
        HashSet<string> names = [.. typeof(ApiToken).Assembly.GetTypes().Where(IsOurs).SelectMany(StaticFieldsOf).Select(Describe)];

        Assert.All(PrivateConstants, constant => Assert.Contains(constant.Split(':')[0], names));
    }

    [Fact]
    public void The_rule_finds_what_it_is_there_to_find()
    {
        FieldInfo[] fields = [.. StaticFieldsOf(typeof(Offender))];

        Assert.Equal(["Cache", "Counter"], fields.Where(f => !f.IsInitOnly || !IsImmutable(f.FieldType)).Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_kept_per_thread_or_per_call() => Assert.Empty(
        typeof(ApiToken).Assembly.GetTypes().Where(IsOurs)
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.GetCustomAttribute<ThreadStaticAttribute>() is not null
                || field.FieldType.Name.StartsWith("AsyncLocal", StringComparison.Ordinal)
                || field.FieldType.Name.StartsWith("ThreadLocal", StringComparison.Ordinal)
                || field.FieldType.Name.StartsWith("ConditionalWeakTable", StringComparison.Ordinal))
            .Select(Describe));

    // The compiler caches delegates of lambdas that capture nothing (classes <>c and <>O) and lays out constants
    // (<PrivateImplementationDetails>): the same for every caller. Coverlet.* is put in by the coverage tool.
    private static bool IsOurs(Type type)
    {
        for (Type? outer = type; outer is not null; outer = outer.DeclaringType)
        {
            if (outer.Name is "<>c" or "<>O" || outer.Name.StartsWith("<>c__", StringComparison.Ordinal)
                || outer.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
                || outer.Namespace?.StartsWith("Coverlet.", StringComparison.Ordinal) == true)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<FieldInfo> StaticFieldsOf(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => !field.IsLiteral);

    private static bool IsImmutable(Type type) =>
        type.IsPrimitive || type.IsEnum || Immutable.Contains(type) || (Nullable.GetUnderlyingType(type) is { } inner && IsImmutable(inner));

    private static bool IsExplained(string name) => PrivateConstants.Any(constant => constant.StartsWith(name + ":", StringComparison.Ordinal));

    private static string Describe(FieldInfo field) => $"{field.DeclaringType!.FullName}.{field.Name}";

    private static class Offender
    {
        public static readonly Uri Fine = new("http://localhost/");
        public static readonly Dictionary<string, string> Cache = [];
#pragma warning disable CA2211, CS0649
        public static int Counter;
#pragma warning restore CA2211, CS0649
    }
}
