using System.Text;

namespace DeepsetCloud.Tests.Units.Fuzzing;

/// <summary>The responses that fuzzing begins with: files beside this one, named by the kind of response that they are.</summary>
internal static class Corpus
{
    private static readonly string Folder =
        Path.Combine(ModuleUnderTest.RepositoryRoot, "tests", "DeepsetCloud.PowerShell.Tests", "Units", "Fuzzing", "Corpus");

    /// <summary>What generated and mutated responses are made of.</summary>
    public static byte[][] Pieces { get; } =
    [
        .. ((string[])
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "false", "0", "-1", "1e999", "1.5", "9223372036854775808", "\"\"", "{}", "[]", "[{}]",
            "\\ud800", "\\u0000", "\\u001b", "\\x", "\"data\":", "\"has_more\":", "\"total\":", "\"api_token_id\":", "\"api_token\":", "\"expires_at\":",
            "\"user\":", "\"workspaces\":", "\"personal\":", "\"created_at\":", "\"detail\":", "\"msg\":", "\"loc\":", "\"errors\":", "<html>", "<title>",
            "</title>", "2030-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00-14:00", "\n", "\0",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFE, 0xFF], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5], [0x80],
    ];

    /// <summary>The files of one kind.</summary>
    public static byte[][] Of(string kind)
    {
        byte[][] files = [.. Directory.GetFiles(Folder, kind + "*").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        Assert.NotEmpty(files);
        return files;
    }
}
