using System.Text;
using System.Text.Json;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

public class JsonValuesTests
{
    public static TheoryData<string, object?> Scalars { get; } = new()
    {
        { "null", null },
        { "true", true },
        { "false", false },
        { "\"a\\n\\u00e9\"", "a\né" },
        { "0", 0L },
        { "-9223372036854775808", long.MinValue },
        { "0.1", 0.1m },
        { "1.10", 1.10m },
        { "9223372036854775808", 9223372036854775808m },
        { "1e300", 1e300 },
        { "1e999", "1e999" },
        { "-1e999", "-1e999" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void A_scalar_keeps_its_value(string json, object? value)
    {
        object? read = Read(json);

        Assert.Equal(value?.GetType(), read?.GetType());
        Assert.Equal(value, read);
    }

    [Fact]
    public void Lists_and_objects_nest()
    {
        var read = Assert.IsType<Dictionary<string, object?>>(Read("""{"a":[1,[],{}],"A":{"b":null},"a b":""}"""));

        Assert.Equal(["a", "A", "a b"], read.Keys);
        Assert.Equal(3, Assert.IsType<object?[]>(read["a"]).Length);
        Assert.Null(Assert.IsType<Dictionary<string, object?>>(read["A"])["b"]);
    }

    [Fact]
    public void The_last_of_two_members_of_the_same_name_counts() =>
        Assert.Equal(2L, Assert.IsType<Dictionary<string, object?>>(Read("""{"a":1,"a":2}"""))["a"]);

    private static object? Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return JsonValues.Read(ref reader, new StringPool());
    }
}
