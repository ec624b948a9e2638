using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>Streams one page that is far larger than any honest one.</summary>
internal static class HugePage
{
    private const int TokensPerWrite = 256;

    public static async Task SendAsync(HttpContext context, int megabytes, EmulatorServer server)
    {
        var body = context.Response.Body;
        long left = megabytes * 1024L * 1024L;
        int count = 0;
        await body.WriteAsync("{\"data\":["u8.ToArray(), context.RequestAborted);
        while (left > 0)
        {
            var block = Block(ref count, server);
            left -= block.Length;
            await body.WriteAsync(block, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }

        string end = string.Create(CultureInfo.InvariantCulture, $"],\"has_more\":false,\"total\":{count}}}");
        await body.WriteAsync(Encoding.UTF8.GetBytes(end), context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Block(ref int count, EmulatorServer server)
    {
        var buffer = new ArrayBufferWriter<byte>(TokensPerWrite * 512);
        using var writer = new Utf8JsonWriter(buffer, WireJson.Options);
        for (int i = 0; i < TokensPerWrite; i++)
        {
            if (count > 0)
            {
                writer.Flush();
                buffer.Write(","u8);
                writer.Reset(buffer);
            }

            var token = SeedShapes.Invent(count++, server.DefaultUser, server.Options.Clock.GetUtcNow());
            TokenJson.Token(writer, token, server.Options, turn: i);
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }
}
