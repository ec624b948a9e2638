namespace DeepsetCloud.Tests.Engine.List;

/// <summary>A clock that is off.</summary>
internal sealed class OffsetClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
