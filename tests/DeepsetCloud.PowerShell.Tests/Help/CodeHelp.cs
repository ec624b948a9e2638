using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace DeepsetCloud.Tests.Help;

/// <summary>What the code of a cmdlet has to say for its help.</summary>
internal static class CodeHelp
{
    private const string AllSets = ParameterAttribute.AllParameterSets;

    public static IReadOnlyList<HelpParameter> Parameters(Type command)
    {
        var instance = (IDisposable)Activator.CreateInstance(command)!;
        using (instance)
        {
            IEnumerable<HelpParameter> own = Properties(command).Select(property => ToParameter(property, instance));
            IEnumerable<HelpParameter> common = SupportsShouldProcess(command) ? [Switch("Confirm", "cf"), Switch("WhatIf", "wi")] : [];
            return [.. own.Concat(common).OrderBy(p => p.Name, StringComparer.Ordinal)];
        }
    }

    public static IReadOnlyList<HelpSyntax> Syntax(Type command)
    {
        string? standard = command.GetCustomAttribute<CmdletAttribute>()!.DefaultParameterSetName;
        string[] sets = [.. Properties(command).SelectMany(Sets).Select(set => set.ParameterSetName).Where(set => set != AllSets).Distinct()];
        string[] common = SupportsShouldProcess(command) ? ["Confirm", "WhatIf"] : [];
        return
        [
            .. sets.DefaultIfEmpty(AllSets).OrderBy(set => set != standard).Select(set => new HelpSyntax(
                set == standard ? $"{set} (Default)" : set,
                [
                    .. Properties(command)
                        .Select(property => (property.Name, Set: Sets(property).FirstOrDefault(s => s.ParameterSetName == set || s.ParameterSetName == AllSets)))
                        .Where(p => p.Set is not null)
                        .Select(p => p.Name + (p.Set!.Mandatory ? "!" : "")),
                    .. common,
                ])),
        ];
    }

    public static IReadOnlyList<string> Outputs(Type command) =>
        [.. command.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Type == typeof(void) ? "None" : t.Name)];

    public static IReadOnlyList<string> Inputs(Type command)
    {
        string[] types =
        [
            .. Properties(command)
                .Where(property => Sets(property).Any(s => s.ValueFromPipeline || s.ValueFromPipelineByPropertyName))
                .Select(property => HelpText.WithoutNullable(property.PropertyType.ToString()))
                .Distinct(),
        ];
        return types.Length == 0 ? ["None"] : types;
    }

    private static IEnumerable<PropertyInfo> Properties(Type command) =>
        command.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)));

    private static IEnumerable<ParameterAttribute> Sets(PropertyInfo property) => property.GetCustomAttributes<ParameterAttribute>();

    private static bool SupportsShouldProcess(Type command) => command.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess;

    private static HelpParameter ToParameter(PropertyInfo property, object instance)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        bool isAsked = type == typeof(int) || type == typeof(ulong) || type == typeof(SwitchParameter);
        bool isMandatory = Sets(property).All(set => set.Mandatory);
        return new HelpParameter
        {
            Name = property.Name,
            Text = "",
            Type = property.PropertyType.ToString(),
            DefaultValue = isAsked && (!isMandatory || type == typeof(SwitchParameter))
                ? Convert.ToString(property.GetValue(instance), CultureInfo.InvariantCulture)!
                : "",
            Aliases = string.Join(", ", property.GetCustomAttributes<AliasAttribute>().SelectMany(a => a.AliasNames)),
            Wildcards = property.IsDefined(typeof(SupportsWildcardsAttribute)),
            AcceptedValues = type.IsEnum ? Enum.GetNames(type) : [],
            Sets =
            [
                .. Sets(property).Select(set => new HelpParameterSet(
                    set.ParameterSetName == AllSets ? "(All)" : set.ParameterSetName,
                    set.Position == int.MinValue ? "Named" : set.Position.ToString(CultureInfo.InvariantCulture),
                    set.Mandatory,
                    set.ValueFromPipeline,
                    set.ValueFromPipelineByPropertyName)),
            ],
        };
    }

    private static HelpParameter Switch(string name, string alias) => new()
    {
        Name = name,
        Text = "",
        Type = typeof(SwitchParameter).ToString(),
        DefaultValue = bool.FalseString,
        Aliases = alias,
        Wildcards = false,
        Sets = [new HelpParameterSet("(All)", "Named", IsRequired: false, ByValue: false, ByPropertyName: false)],
    };
}
