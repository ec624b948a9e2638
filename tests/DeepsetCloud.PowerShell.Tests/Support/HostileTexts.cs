using CsCheck;

namespace DeepsetCloud.Tests.Support;

/// <summary>Makes up texts that try to be more than a text: paths, queries, headers, escapes, halves of characters.</summary>
internal static class HostileTexts
{
    private static readonly string[] Pieces =
    [
        "..", ".", "/", "\\", "?", "#", "%", "&", "=", ";", ":", "@", " ", "\t", "\r", "\n", "\r\n", "\0", "\u007f", "\u0085", "\u00a0", "\u2028",
        "\u202e", "\ufeff", "\u3000", "\uff0f", "\u2215", "\u2024", "\uff0e", "%2f", "%2F", "%2e%2e", "%5c", "%00", "%0d%0a", "%252f", "%c0%af", "\ud800",
        "\udc00", "\ud83d\ude00", "é", "İ", "ß", "a", "Z", "0", "-", "_", "~", "+", "*", "'", "\"", "`", "$", "$(", "(", ")", "[", "]", "{", "}", "<", ">", "|", "!",
        "//", "/../", "../", "..;/", "/api/v1/me", "?limit=1", "&page_number=2", "#x", "\r\nX-Injected: yes", "\r\n\r\nGET /api/v1/me HTTP/1.1\r\n\r\n",
        " HTTP/1.1", "Bearer ", "api_", "token", "http://", "https://", "user:password@", "example.com", "[::1]", ":80", ":99999", "/v1", "/api",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(Gen.OneOfConst(Pieces), Gen.OneOfConst(Pieces), Gen.Char.Select(c => c.ToString()));

    /// <summary>Texts of a few pieces; seldom very long ones.</summary>
    public static Gen<string> All { get; } = Gen.Frequency(
        (10, Piece.Array[1, 6].Select(string.Concat)),
        (3, Gen.Select(Gen.String.AlphaNumeric, Piece, Gen.String.AlphaNumeric, (a, b, c) => a + b + c)),
        (1, Gen.Select(Piece, Gen.Int[500, 3_000], (piece, times) => string.Concat(Enumerable.Repeat(piece, times)))));
}
