using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;

namespace DeepsetCloud.Api;

/// <summary>Makes the client of a session: one each, so that closing a session closes its connections and nobody else's.</summary>
internal static class HttpClientFactory
{
    // .NET Framework allows two connections to a host by default, which would serialise parallel work.
    private const int MaximumConnections = 256;

    /// <summary>Name and version of the module, and what it runs on.</summary>
    public static string UserAgent { get; } =
        $"DeepsetCloud.PowerShell/{Version} ({Clean(RuntimeInformation.FrameworkDescription)}; {Clean(RuntimeInformation.OSDescription)})";

    private static string Version =>
        typeof(HttpClientFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static HttpClient Create(Uri baseAddress)
    {
        var handler = new HttpClientHandler
        {
            // A redirected credential is a leaked one.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseDefaultCredentials = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = MaximumConnections,
        };
        var client = new HttpClient(handler)
        {
            BaseAddress = baseAddress,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Add("Accept", "application/json");
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        return client;
    }

    // A comment in a header: plain characters only, and no parenthesis that would end it.
    private static string Clean(string text) =>
        new([.. text.Where(c => c is >= ' ' and <= '~' and not ('(' or ')' or ';' or '\\'))]);
}
