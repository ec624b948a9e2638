using System.Net;
using System.Runtime.InteropServices;
using System.Security;

namespace DeepsetCloud.Text;

/// <summary>The way into a <see cref="SecureString"/> and out of it, character by character.</summary>
internal static class SecureText
{
    /// <summary>Locks a text up, read-only.</summary>
    public static SecureString Protect(string text)
    {
        SecureString secure = new NetworkCredential("", text).SecurePassword;
        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>The text, whole: unlike <see cref="NetworkCredential"/>, this does not end it at a NUL and call the rest nothing.</summary>
    public static string Reveal(SecureString secure)
    {
        IntPtr text = Marshal.SecureStringToBSTR(secure);
        try
        {
            return Marshal.PtrToStringBSTR(text);
        }
        finally
        {
            Marshal.ZeroFreeBSTR(text);
        }
    }
}
