namespace DeepsetCloud.Tests.Support;

/// <summary>Tests that measure memory: one after the other, and beside no other test.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
public sealed class AloneInMemory;
