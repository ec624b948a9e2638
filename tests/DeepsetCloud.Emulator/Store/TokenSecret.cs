using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DeepsetCloud.Emulator;

/// <summary>Makes secrets, and the hashes that are all the store keeps of them.</summary>
internal static class TokenSecret
{
    public static string Make()
    {
        Span<byte> random = stackalloc byte[33];
        RandomNumberGenerator.Fill(random);
        return "api_" + Base64Url.EncodeToString(random);
    }

    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
