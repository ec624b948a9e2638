using System.Management.Automation;

namespace DeepsetCloud.Tests.Support;

/// <summary>Describes a command's parameters in lines of text, as a table of a design would.</summary>
internal static class CommandTable
{
    private static readonly HashSet<string> Common = [.. Cmdlet.CommonParameters];

    /// <summary>
    /// A line each: the command with its default set, what it writes and its confirmation; then <c>-Name Type</c> and, for
    /// each parameter set (* for all), its position and M for mandatory, V for "by value", P for "by property name".
    /// </summary>
    public static IReadOnlyList<string> Describe(CmdletInfo command)
    {
        var attribute = (CmdletAttribute)command.ImplementingType.GetCustomAttributes(typeof(CmdletAttribute), false).Single();
        string confirmation = attribute.SupportsShouldProcess ? " confirm=" + attribute.ConfirmImpact : "";
        string output = string.Join(", ", command.OutputType.Select(type => type.Name));
        return
        [
            $"{command.Name} default={command.DefaultParameterSet ?? "-"}{confirmation} writes {output}",
            .. command.Parameters.Values
                .Where(p => !Common.Contains(p.Name) && p.Name is not ("WhatIf" or "Confirm"))
                .OrderBy(p => p.Name, StringComparer.Ordinal).Select(Describe),
        ];
    }

    private static string Describe(ParameterMetadata parameter)
    {
        string aliases = parameter.Aliases.Count == 0 ? "" : $" ({string.Join(", ", parameter.Aliases)})";
        IEnumerable<string> sets = parameter.ParameterSets.OrderBy(set => set.Key, StringComparer.Ordinal).Select(set => Describe(set.Key, set.Value));
        return $"  -{parameter.Name}{aliases} {TypeName(parameter.ParameterType)} {string.Join(" ", sets)}";
    }

    private static string Describe(string set, ParameterSetMetadata facts)
    {
        string flags = (facts.IsMandatory ? "M" : "") + (facts.ValueFromPipeline ? "V" : "") + (facts.ValueFromPipelineByPropertyName ? "P" : "")
            + (facts.Position == int.MinValue ? "" : facts.Position);
        return (set == ParameterAttribute.AllParameterSets ? "*" : set) + (flags.Length == 0 ? "" : ":" + flags);
    }

    private static string TypeName(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? inner.Name + "?" : type.Name;
}
