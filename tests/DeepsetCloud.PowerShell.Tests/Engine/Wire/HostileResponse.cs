using System.IO.Compression;
using System.Text;

namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>A response that no honest service gives.</summary>
/// <param name="Content">Its body.</param>
/// <param name="IsJson">Whether it is JSON all the same: enough to confirm a removal.</param>
internal sealed record HostileResponse(byte[] Content, bool IsJson = false)
{
    private const string Html = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>{}</body></html>";

    public string ContentType { get; init; } = "application/json";

    public string? ContentEncoding { get; init; }

    /// <summary>Responses that are wrong for every request that expects something to read.</summary>
    public static IReadOnlyDictionary<string, HostileResponse> All { get; } = new Dictionary<string, HostileResponse>
    {
        ["HTML"] = new(Utf8(Html)) { ContentType = "text/html; charset=utf-8" },
        ["HTML that claims to be JSON"] = new(Utf8(Html)),
        ["blanks"] = new(Utf8(" \r\n\t ")),
        ["text"] = new(Utf8("OK")) { ContentType = "text/plain" },
        ["a byte order mark"] = new([0xEF, 0xBB, 0xBF, 0x20]),
        ["null"] = new(Utf8("null"), IsJson: true),
        ["a number"] = new(Utf8("5"), IsJson: true),
        ["a number beyond numbers"] = new(Utf8("1e999999"), IsJson: true),
        ["a string"] = new(Utf8("\"{}\""), IsJson: true),
        ["a list"] = new(Utf8("[{}]"), IsJson: true),
        ["cut off"] = new(Utf8("{\"data\":[{\"api_token_id\":\"a\",\"exp")),
        ["cut off in an escape"] = new(Utf8("{\"api_token\":\"api_\\u00")),
        ["two values, the first wrong"] = new(Utf8("[] {\"data\":[],\"has_more\":false,\"total\":0,\"api_token\":\"a\"}")),
        ["a comment"] = new(Utf8("/* */ {\"data\":[],\"total\":0,\"api_token\":\"a\"}")),
        ["single quotes"] = new(Utf8("{'data':[],'total':0,'api_token':'a'}")),
        ["NaN"] = new(Utf8("{\"total\":NaN}")),
        ["NUL"] = new([0, 0, 0, 0]),
        ["NUL within"] = new(Utf8("{\"data\":[\0],\"api_token\":\0\"a\"}")),
        ["a raw control character"] = new(Utf8("{\"data\":[{\"api_token_id\":\"a\u0001\"}],\"api_token\":\"a\u001b[2J\"}")),
        ["deep lists"] = new(Utf8(new string('[', 100_000))),
        ["deep lists, closed"] = new(Utf8(new string('[', 5_000) + new string(']', 5_000))),
        ["deep objects"] = new(Utf8(string.Concat(Enumerable.Repeat("{\"data\":", 50_000)))),
        ["deep in a field"] = new(Utf8("{\"data\":[{\"x\":" + new string('[', 200) + new string(']', 200) + "}],\"api_token\":" + new string('[', 200))),
        ["not UTF-8"] = new([.. Utf8("{\"data\":[{\"api_token_id\":\"a"), 0xFF, 0xC0, .. Utf8("\"}],\"total\":1,\"api_token\":\""), 0xC3, 0x28, .. Utf8("\"}")], IsJson: true),
        ["half a surrogate"] = new(Utf8("{\"data\":[{\"api_token_id\":\"\\ud800\"}],\"total\":1,\"api_token\":\"\\udc00a\"}"), IsJson: true),
        ["half a surrogate in a name"] = new(Utf8("{\"\\ud800\":1,\"data\":[{\"\\ud800\":1}],\"total\":1}"), IsJson: true),
        ["UTF-16 that nobody announces"] = new(Encoding.Unicode.GetBytes("{\"data\":[],\"total\":0,\"api_token\":\"a\"}")),
        ["announced as UTF-16"] = new(Utf8("{\"data\":[],\"total\":0,\"api_token\":\"abc\"}")) { ContentType = "application/json; charset=utf-16" },
        ["odd UTF-16"] = new([0xFF, 0xFE, 0x7B]),
        ["announced as ASCII"] = new(Utf8("{\"data\":[],\"x\":\"é\",\"api_token\":\"a\"}")) { ContentType = "application/json; charset=us-ascii" },
        ["an encoding that nobody knows"] = new(Utf8("{\"data\":[],\"total\":0,\"api_token\":\"a\"}")) { ContentType = "application/json; charset=klingon" },
        ["an encoding that is forbidden"] = new(Utf8("{\"data\":[],\"total\":0,\"api_token\":\"a\"}")) { ContentType = "application/json; charset=utf-7" },
        ["gzip that is none"] = new(Utf8("{\"data\":[],\"total\":0,\"api_token\":\"a\"}")) { ContentEncoding = "gzip" },
        ["gzip cut off"] = new(Gzip("{\"data\":[],\"total\":0,\"api_token\":\"" + new string('a', 5_000) + "\"}")[..30]) { ContentEncoding = "gzip" },
        ["gzip within"] = new(Gzip("{\"data\":[],\"total\":0}")),
        ["deflate that is none"] = new(Utf8("{\"data\":[],\"total\":0,\"api_token\":\"a\"}")) { ContentEncoding = "deflate" },
        ["compressed in a way that was not offered"] = new([0x0B, 0x02, 0x80, 0x7B, 0x7D, 0x03]) { ContentEncoding = "br" },
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public Fault ToFault(string method, string path = "/api/v1/token") => new()
    {
        Kind = FaultKind.RawBody,
        Method = method,
        PathPrefix = path,
        Content = Content,
        ContentType = ContentType,
        ContentEncoding = ContentEncoding,
        Times = Fault.Always,
    };

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Utf8(text));
        }

        return packed.ToArray();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
