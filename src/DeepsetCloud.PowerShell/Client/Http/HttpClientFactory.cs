using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace DeepsetCloud.Client.Http;

/// <summary>Makes the client of a session: one each, so that closing a session closes its connections and nobody else's.</summary>
internal static class HttpClientFactory
{
    // .NET Framework allows two connections to a host by default, which would serialise parallel work. The handler raises
    // the limit of this address alone.
    private const int MaximumConnections = 256;

    /// <summary>Name and version of the module, and what it runs on.</summary>
    public static string UserAgent { get; } =
        $"DeepsetCloud.PowerShell/{Version} ({Clean(RuntimeInformation.FrameworkDescription)}; {Clean(RuntimeInformation.OSDescription)})";

    private static string Version =>
        typeof(HttpClientFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static HttpClient Create(Uri baseAddress)
    {
        // The proxy is the process's own, with the credentials it has. To set any here would set them for everybody: on .NET
        // Framework the default proxy is one shared object.
        // Nor is anything needed against HttpWebRequest, which sends a request again, once, when a kept connection turns out to
        // be dead: it does so only until it has begun with the body, and every POST and DELETE here has one (see TrackedContent).
        // Expect100Continue stays as it is, too: on, it finds most dead connections before a creation's body has left.
        var handler = new HttpClientHandler
        {
            // A redirected credential is a leaked one.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseDefaultCredentials = false,
            MaxConnectionsPerServer = MaximumConnections,
        };

        if (TransportSecurity.Protocols is var protocols and not SslProtocols.None)
        {
            handler.SslProtocols = protocols;
        }

        var client = new HttpClient(handler)
        {
            BaseAddress = baseAddress,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Add("Accept", "application/json");
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        return client;
    }

    // A comment in a header: plain characters only, and no parenthesis that would end it.
    private static string Clean(string text) =>
        new([.. text.Where(c => c is >= ' ' and <= '~' and not ('(' or ')' or ';' or '\\'))]);
}
