namespace DeepsetCloud;

/// <summary>Whether a token belongs to a person or to the organization.</summary>
public enum ApiTokenType
{
    /// <summary>A personal key: it stops working when its user leaves the organization.</summary>
    Personal,

    /// <summary>A service key, meant for production: it is not tied to a user.</summary>
    Service,
}
