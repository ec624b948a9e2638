namespace DeepsetCloud.Client;

/// <summary>The answer to "who am I?".</summary>
internal sealed record Identity(DcUser User, DcOrganization? Organization);
