using System.Net.Http.Headers;
using System.Security;
using DeepsetCloud.Text;

namespace DeepsetCloud.Client.Http;

/// <summary>The credential of a session. It leaves this class as a request header only.</summary>
internal sealed class BearerToken : IDisposable
{
    private const string Scheme = "Bearer";
    private const int MaximumLength = 16 * 1024;

    private readonly SecureString _secret;

    /// <param name="key">The key, with or without the word <c>Bearer</c> in front.</param>
    /// <param name="source">Where it was given, for messages: a parameter, an environment variable.</param>
    /// <exception cref="DcApiException">The key is empty or holds a character that no header may hold.</exception>
    public BearerToken(string key, string source)
    {
        string token = key.Trim();
        if (token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (token.Length == Scheme.Length || char.IsWhiteSpace(token[Scheme.Length])))
        {
            token = token.Substring(Scheme.Length).Trim();
        }

        if (token.Length == 0)
        {
            throw new DcApiException(ApiErrorKind.InvalidRequest, $"The API key in {source} is empty. Give a key such as the service shows once when it is created.");
        }

        if (token.Length > MaximumLength)
        {
            throw new DcApiException(ApiErrorKind.InvalidRequest, $"The API key in {source} is {token.Length} characters long, more than any key is ({MaximumLength}).");
        }

        // Trim removed blanks and line breaks at the ends only: those are artefacts of copying, anything inside is a wrong key.
        foreach (char c in token)
        {
            if (c is <= ' ' or > '~')
            {
                throw new DcApiException(
                    ApiErrorKind.InvalidRequest,
                    $"The API key in {source} contains a character that a key cannot have (U+{(int)c:X4}). A key is one line of letters, digits and punctuation without blanks.");
            }
        }

        _secret = SecureText.Protect(token);
    }

    /// <summary>The value of the Authorization header.</summary>
    public AuthenticationHeaderValue ToHeader() => new(Scheme, Reveal());

    /// <summary>Whether this is the same key.</summary>
    public bool Matches(BearerToken other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <summary>Takes this key, and all that looks like a secret, out of a text that came from elsewhere.</summary>
    public string Redact(string text)
    {
        try
        {
            return KeyRedactor.Redact(text, Reveal());
        }
        catch (ObjectDisposedException)
        {
            // The session has just been closed: what cannot be recognized any more is not shown at all.
            return "[withheld]";
        }
    }

    public void Dispose() => _secret.Dispose();

    public override string ToString() => KeyRedactor.Mark;

    private string Reveal() => SecureText.Reveal(_secret);
}
