namespace DeepsetCloud;

/// <summary>Where an organization's data lives: each region is a service of its own.</summary>
public enum DcRegion
{
    /// <summary>Europe, <c>https://api.cloud.deepset.ai</c>: what is used if nothing is said.</summary>
    EU,

    /// <summary>The United States, <c>https://api.us.deepset.ai</c>.</summary>
    US,
}
