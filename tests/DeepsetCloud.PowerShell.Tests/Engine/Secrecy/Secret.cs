using System.Text;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>A secret that must not be seen, in any of the forms in which it could be.</summary>
internal sealed class Secret
{
    private const int Fragment = 14;
    private readonly Dictionary<string, string> _forms;

    public Secret(string text, bool sealedFormIsAllowed = false)
    {
        Text = text;
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] utf16 = Encoding.Unicode.GetBytes(text);
        _forms = new Dictionary<string, string>
        {
            ["its beginning"] = text[..Fragment],
            ["its end"] = text[^Fragment..],
            ["Base64"] = Convert.ToBase64String(utf8)[..^4],
            ["Base64 of UTF-16"] = Convert.ToBase64String(utf16)[..^4],
            ["hexadecimal"] = Convert.ToHexString(utf8),
        };

        // What PowerShell itself makes of a SecureString in CLIXML where there is no data protection of Windows.
        if (!sealedFormIsAllowed)
        {
            _forms["hexadecimal of UTF-16"] = Convert.ToHexString(utf16);
        }
    }

    public string Text { get; }

    public static Secret Make() => new("s3cr3t-" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"));

    public void AssertAbsent(IEnumerable<(string Way, string Text)> outlets)
    {
        int count = 0;
        foreach ((string way, string text) in outlets)
        {
            AssertAbsent(way, text);
            count++;
        }

        Assert.NotEqual(0, count);
    }

    public void AssertAbsent(string way, string? text)
    {
        foreach ((string form, string shape) in _forms)
        {
            int at = text?.IndexOf(shape, StringComparison.OrdinalIgnoreCase) ?? -1;
            Assert.True(at < 0, $"{way} shows {form} of the secret: {(at < 0 ? "" : text![Math.Max(0, at - 300)..Math.Min(text!.Length, at + 100)])}");
        }
    }

    public override string ToString() => Text;
}
