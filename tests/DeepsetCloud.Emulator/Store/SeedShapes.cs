using System.Globalization;

namespace DeepsetCloud.Emulator;

/// <summary>Invented tokens, cheap enough to make by the million.</summary>
internal static class SeedShapes
{
    public static Func<int, NewToken> Default(DateTimeOffset now)
    {
        var expired = now.AddHours(-1);
        var valid = now.AddDays(30);
        return i => new NewToken
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"token-{i:D6}"),
            Expires = i % 4 != 0,
            ExpiresAt = (i % 4) switch { 0 => null, 1 => expired, _ => valid },
        };
    }

    /// <summary>A version 4 UUID of these random bytes.</summary>
    public static Guid Uuid(Span<byte> random)
    {
        random[6] = (byte)((random[6] & 0x0f) | 0x40);
        random[8] = (byte)((random[8] & 0x3f) | 0x80);
        return new Guid(random, bigEndian: true);
    }
}
