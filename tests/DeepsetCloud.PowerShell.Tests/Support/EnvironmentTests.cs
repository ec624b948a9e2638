namespace DeepsetCloud.Tests.Support;

/// <summary>Tests that change variables of the process: they run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentTests
{
    public const string Name = "Environment";
}
