namespace DeepsetCloud.Tests.Help;

/// <summary>What an example must lead to.</summary>
/// <param name="Output">How many objects it writes.</param>
/// <param name="Created">How many tokens it creates at the service it is connected to.</param>
/// <param name="Removed">How many tokens it removes there.</param>
internal sealed record ExampleOutcome(int Output = 0, int Created = 0, int Removed = 0)
{
    /// <summary>How many tokens it removes at the other service.</summary>
    public int RemovedAtStaging { get; init; }

    /// <summary>How many questions it asks.</summary>
    public int Questions { get; init; }

    /// <summary>How many things it hands to another program or file.</summary>
    public int Taken { get; init; }
}
