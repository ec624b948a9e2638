namespace DeepsetCloud.Emulator;

/// <summary>Which of the service's two known faces the emulator shows.</summary>
public enum ApiGeneration
{
    /// <summary>Newer servers: more fields per token, 201 for a creation, 204 without a body for a removal.</summary>
    Current,

    /// <summary>Older servers: id, expiry and user only; 200 for a creation, 200 with JSON for a removal.</summary>
    Classic,
}
