using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace DeepsetCloud.Emulator;

/// <summary>What a list request asks for.</summary>
internal sealed record PageRequest(int Limit, long PageNumber, Guid? After, Guid? Before)
{
    public const int MaxLimit = 100;
    private const int DefaultLimit = 10;
    private static readonly string[] Known = ["limit", "page_number", "after", "before"];

    public static PageRequest? Read(string query, out Answer? refusal)
    {
        var findings = new List<Finding>();
        var values = Query(query, Known, findings);
        long limit = Number(values, "limit", MaxLimit, findings) ?? DefaultLimit;
        long? page = Number(values, "page_number", long.MaxValue, findings);
        var after = Id(values, "after", findings);
        var before = Id(values, "before", findings);
        refusal = null;
        if (findings.Count > 0)
        {
            refusal = Problem.Invalid(findings);
        }
        else if (page is not null && (after ?? before) is not null)
        {
            refusal = Problem.Of(400, "page_number can't be used together with after or before: use pages or cursors, not both.");
        }

        return refusal is null ? new PageRequest((int)limit, page ?? 1, after, before) : null;
    }

    /// <summary>The parameters given, each at most once and none but the known.</summary>
    public static Dictionary<string, string> Query(string query, string[] known, List<Finding> findings)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, given) in QueryHelpers.ParseQuery(query))
        {
            values[name] = given[0] ?? "";
            if (!known.Contains(name))
            {
                findings.Add(new(["query", name], "Extra inputs are not permitted", "extra_forbidden"));
            }
            else if (given.Count > 1)
            {
                findings.Add(new(["query", name], "Input should be given only once", "repeated_parameter"));
            }
        }

        return values;
    }

    private static long? Number(Dictionary<string, string> values, string name, long max, List<Finding> findings)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            const string Message = "Input should be a valid integer, unable to parse string as an integer";
            findings.Add(new(["query", name], Message, "int_parsing"));
        }
        else if (number < 1)
        {
            findings.Add(new(["query", name], "Input should be greater than or equal to 1", "greater_than_equal"));
        }
        else if (number > max)
        {
            findings.Add(new(["query", name], $"Input should be less than or equal to {max}", "less_than_equal"));
        }

        return number;
    }

    private static Guid? Id(Dictionary<string, string> values, string name, List<Finding> findings)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (TokenId.TryParse(text, out var id))
        {
            return id;
        }

        findings.Add(new(["query", name], "Input should be a valid UUID", "uuid_parsing"));
        return null;
    }
}
