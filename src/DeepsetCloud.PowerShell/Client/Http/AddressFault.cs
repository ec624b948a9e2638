namespace DeepsetCloud.Client.Http;

/// <summary>What is wrong with the address of a service.</summary>
internal enum AddressFault
{
    None,

    /// <summary>It is no http or https address at all.</summary>
    NotHttp,

    /// <summary>It carries a user name or a password.</summary>
    HoldsCredential,

    /// <summary>It has a query or a fragment.</summary>
    HoldsQuery,

    /// <summary>It is plain http to another computer.</summary>
    Unencrypted,
}
