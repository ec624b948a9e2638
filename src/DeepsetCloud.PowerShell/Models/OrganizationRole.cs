namespace DeepsetCloud;

/// <summary>The role that a new token gets in the organization.</summary>
public enum OrganizationRole
{
    /// <summary>An ordinary member; what the service chooses by itself.</summary>
    Member,

    /// <summary>An administrator of the organization.</summary>
    Admin,

    /// <summary>Somebody from outside the organization.</summary>
    External,
}
