namespace DeepsetCloud.Client.Http;

/// <summary>The mark that some servers put before UTF-8 text and that JSON readers refuse.</summary>
internal static class ByteOrderMark
{
    public static ReadOnlySpan<byte> WithoutMark(this byte[] bytes) => WithoutMark((ReadOnlySpan<byte>)bytes);

    public static ReadOnlySpan<byte> WithoutMark(this ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? bytes.Slice(3) : bytes;
}
