namespace DeepsetCloud.Client;

/// <summary>What is asked of the service.</summary>
internal enum Operation
{
    WhoAmI,
    List,
    Create,
    Remove,
}
