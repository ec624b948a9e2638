namespace DeepsetCloud.Tests.Help;

/// <summary>The properties of a parameter: the little YAML that PlatyPS writes.</summary>
internal sealed class YamlBlock
{
    public Dictionary<string, string> Values { get; } = [];

    public Dictionary<string, List<string>> Lists { get; } = [];

    /// <summary>The entries of a list whose entries have names and values: the parameter sets.</summary>
    public List<Dictionary<string, string>> Groups { get; } = [];

    public static YamlBlock Read(string text)
    {
        var block = new YamlBlock();
        string key = "";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                block.AddEntry(key, line[2..]);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                (string name, string value) = Pair(line.Trim());
                block.Groups[^1].Add(name, value);
            }
            else
            {
                (key, string value) = Pair(line);
                block.Values.Add(key, value);
                block.Lists.Add(key, []);
            }
        }

        return block;
    }

    private void AddEntry(string key, string entry)
    {
        if (key == "ParameterSets")
        {
            (string name, string value) = Pair(entry);
            Groups.Add(new Dictionary<string, string> { [name] = value });
        }
        else
        {
            Lists[key].Add(entry);
        }
    }

    private static (string Name, string Value) Pair(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return (line[..colon], line[(colon + 1)..].Trim());
    }
}
