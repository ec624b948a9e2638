namespace DeepsetCloud.Emulator;

/// <summary>A run of tokens read at one instant.</summary>
internal readonly record struct TokenSlice(IReadOnlyList<StoredToken> Items, bool HasMore, int Total);
