using System.Text;

namespace DeepsetCloud.Tests.Units.Fuzzing;

/// <summary>A response as it goes over the wire.</summary>
internal sealed record FuzzedResponse(byte[] Body, int Status, string? ContentType, string? ContentEncoding)
{
    public void ServeAt(EmulatorServer emulator) => emulator.Faults.Choose = _ => new Fault
    {
        Kind = FaultKind.Status,
        Status = Status,
        Content = Body,
        ContentType = ContentType,
        ContentEncoding = ContentEncoding,
    };

    // Enough to repeat it without the seed.
    public override string ToString() =>
        $"{Status}, {ContentType ?? "no type"}, {ContentEncoding ?? "not compressed"}, {Body.Length} bytes: {Convert.ToBase64String(Body)}\n{Encoding.Latin1.GetString(Body)}";
}
