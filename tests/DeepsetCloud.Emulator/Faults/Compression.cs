using System.IO.Compression;

namespace DeepsetCloud.Emulator;

/// <summary>Compressed answers, honest and not.</summary>
internal static class Compression
{
    public static Answer Gzip(Answer answer) =>
        Compress(answer, "gzip", target => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true));

    public static Answer Deflate(Answer answer) =>
        Compress(answer, "deflate", target => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true));

    /// <summary>A well-formed page with one string of so many megabytes, in about a thousandth of that.</summary>
    public static Answer Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("""{"data":[],"has_more":false,"total":0,"padding":" """u8);
            byte[] block = new byte[1 << 20];
            Array.Fill(block, (byte)'x');
            for (int i = 0; i < megabytes; i++)
            {
                gzip.Write(block);
            }

            gzip.Write("\"}"u8);
        }

        return Answer.Json(200, packed.ToArray()).With("Content-Encoding", "gzip");
    }

    private static Answer Compress(Answer answer, string encoding, Func<Stream, Stream> compressor)
    {
        if (answer.Body.IsEmpty)
        {
            return answer;
        }

        using var packed = new MemoryStream();
        using (var stream = compressor(packed))
        {
            stream.Write(answer.Body.Span);
        }

        return (answer with { Body = packed.ToArray() }).With("Content-Encoding", encoding);
    }
}
