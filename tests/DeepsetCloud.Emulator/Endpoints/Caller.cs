namespace DeepsetCloud.Emulator;

/// <summary>Who asks: a user signed in, or an API key on behalf of the user who made it.</summary>
internal readonly record struct Caller(EmulatorUser User, bool IsApiKey);
