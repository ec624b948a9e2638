using System.Globalization;
using System.Xml.Linq;

namespace DeepsetCloud.Tests.Help;

/// <summary>Reads the shipped help.</summary>
internal static class MamlHelp
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string File { get; } = Path.Combine(ModuleUnderTest.RepositoryRoot, "en-US", "DeepsetCloud.PowerShell.dll-Help.xml");

    public static IReadOnlyList<HelpPage> Pages { get; } = [.. XDocument.Load(File).Root!.Elements(Command + "command").Select(Read)];

    private static HelpPage Read(XElement command) => new()
    {
        Name = command.Element(Command + "details")!.Element(Command + "name")!.Value,
        Synopsis = Text(command.Element(Command + "details")!.Element(Maml + "description")!),
        Description = Paragraphs(command.Element(Maml + "description")!),
        Syntax =
        [
            .. command.Element(Command + "syntax")!.Elements().Select(item => new HelpSyntax(
                "",
                [.. item.Elements(Command + "parameter").Select(p => p.Element(Maml + "name")!.Value + (IsTrue(p, "required") ? "!" : ""))])),
        ],
        Examples = [.. command.Element(Command + "examples")!.Elements().Select(ToExample)],
        Parameters = [.. command.Element(Command + "parameters")!.Elements().Select(ToParameter)],
        Inputs = Types(command.Element(Command + "inputTypes")!),
        Outputs = Types(command.Element(Command + "returnValues")!),
        Notes = Paragraphs(command.Element(Maml + "alertSet")!.Element(Maml + "alert")!),
        Links = [.. command.Element(Command + "relatedLinks")!.Elements().Select(link => link.Element(Maml + "linkText")!.Value)],
    };

    private static HelpExample ToExample(XElement example) => new(
        HelpText.Flat(example.Element(Maml + "title")!.Value.Trim('-')),
        example.Element(Dev + "code")!.Value,
        Text(example.Element(Dev + "remarks")!));

    private static HelpParameter ToParameter(XElement parameter)
    {
        string input = parameter.Attribute("pipelineInput")!.Value;
        string none(string text) => text is "None" or "none" ? "" : text;
        return new HelpParameter
        {
            Name = parameter.Element(Maml + "name")!.Value,
            Text = Text(parameter.Element(Maml + "description")!),
            Type = parameter.Element(Dev + "type")!.Element(Maml + "name")!.Value,
            DefaultValue = none(parameter.Element(Dev + "defaultValue")!.Value),
            Aliases = none(parameter.Attribute("aliases")!.Value),
            Wildcards = IsTrue(parameter, "globbing"),
            Sets =
            [
                new HelpParameterSet(
                    "",
                    CultureInfo.InvariantCulture.TextInfo.ToTitleCase(parameter.Attribute("position")!.Value),
                    IsTrue(parameter, "required"),
                    input.Contains("ByValue", StringComparison.Ordinal),
                    input.Contains("ByPropertyName", StringComparison.Ordinal)),
            ],
        };
    }

    private static List<HelpType> Types(XElement types) =>
        [.. types.Elements().Select(t => new HelpType(t.Element(Dev + "type")!.Element(Maml + "name")!.Value, Text(t.Element(Maml + "description")!)))];

    private static List<string> Paragraphs(XElement parent) =>
        [.. parent.Elements(Maml + "para").Select(p => HelpText.Flat(p.Value)).Where(p => p.Length > 0)];

    private static string Text(XElement parent) => string.Join(" ", Paragraphs(parent));

    private static bool IsTrue(XElement element, string attribute) => bool.Parse(element.Attribute(attribute)!.Value);
}
