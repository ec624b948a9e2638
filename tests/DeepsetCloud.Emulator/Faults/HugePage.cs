using System.Text;

namespace DeepsetCloud.Emulator;

/// <summary>Streams one page that is far larger than any honest one.</summary>
internal static class HugePage
{
    private const string Token =
        """{"api_token_id":"7aff1a3a-2fa9-4467-b392-51aa52c3f5ad","expires_at":null,"user":{"given_name":"Ada","family_name":"Lovelace"},"name":"invented"},""";

    private static readonly byte[] Block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Token, 1_000)));

    public static async Task SendAsync(HttpContext context, int megabytes)
    {
        var body = context.Response.Body;
        await body.WriteAsync("{\"has_more\":false,\"data\":["u8.ToArray(), context.RequestAborted);
        for (long left = megabytes * 1024L * 1024L; left > 0; left -= Block.Length)
        {
            await body.WriteAsync(Block, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }

        await body.WriteAsync(Encoding.UTF8.GetBytes(Token.TrimEnd(',') + "]}"), context.RequestAborted);
    }
}
