namespace DeepsetCloud.Tests.Help;

/// <summary>An example as it is shown.</summary>
internal sealed record HelpExample(string Title, string Code, string Remarks);

/// <summary>A type that goes in or comes out, with what is said of it.</summary>
internal sealed record HelpType(string Name, string Text);

/// <summary>One line of the syntax.</summary>
/// <param name="Set">The parameter set; empty in MAML, which has no names for them.</param>
/// <param name="Parameters">Each parameter, with an exclamation mark if it is mandatory.</param>
internal sealed record HelpSyntax(string Set, IReadOnlyList<string> Parameters);

/// <summary>How a parameter behaves in one parameter set.</summary>
internal sealed record HelpParameterSet(string Set, string Position, bool IsRequired, bool ByValue, bool ByPropertyName);

/// <summary>A parameter.</summary>
internal sealed record HelpParameter
{
    public required string Name { get; init; }

    public required string Text { get; init; }

    /// <summary>The type as .NET writes it, without Nullable where the source is MAML.</summary>
    public required string Type { get; init; }

    /// <summary>Empty for none.</summary>
    public required string DefaultValue { get; init; }

    public required string Aliases { get; init; }

    public required bool Wildcards { get; init; }

    /// <summary>The values of an enumeration.</summary>
    public IReadOnlyList<string> AcceptedValues { get; init; } = [];

    public required IReadOnlyList<HelpParameterSet> Sets { get; init; }
}
