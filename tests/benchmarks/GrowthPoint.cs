namespace DeepsetCloud.Benchmarks;

/// <summary>What one size cost.</summary>
internal sealed record GrowthPoint(int Tokens, double MicrosecondsPerToken, double BytesPerToken);
