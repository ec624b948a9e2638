using System.Text.Json;

namespace DeepsetCloud.Client.Json;

/// <summary>Texts that come again and again in an answer (owners, roles, names of fields): each becomes one string.</summary>
internal sealed class StringPool
{
    private const int Slots = 64;

    // What is longer hardly comes twice.
    private const int LongestInBytes = 64;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>Reads the text or the name of a field at which the reader stands.</summary>
    public string Read(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        if (bytes.Length is 0 or > LongestInBytes)
        {
            return reader.GetString()!;
        }

        // Two texts that share a slot displace each other: that costs a string, never a mistake.
        ref string? slot = ref _slots[(bytes.Length + (7 * bytes[0]) + (3 * bytes[bytes.Length / 2]) + bytes[bytes.Length - 1]) % Slots];
        return slot is { } known && reader.ValueTextEquals(known) ? known : slot = reader.GetString()!;
    }
}
