namespace DeepsetCloud.Client.Http;

/// <summary>Why an attempt brought no whole response.</summary>
internal enum AttemptFailure
{
    /// <summary>It did bring one.</summary>
    None,

    /// <summary>The connection could not be made, or it broke.</summary>
    Connection,

    /// <summary>The time for one attempt was over.</summary>
    TimedOut,

    /// <summary>The response is larger than any that the service sends.</summary>
    TooLarge,

    /// <summary>The response cannot be decompressed.</summary>
    Damaged,

    /// <summary>The session was closed meanwhile.</summary>
    Closed,

    /// <summary>The command was stopped after a request was sent that must not be repeated.</summary>
    Interrupted,
}
