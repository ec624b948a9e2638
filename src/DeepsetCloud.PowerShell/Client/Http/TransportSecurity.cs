using System.Net;
using System.Security.Authentication;

namespace DeepsetCloud.Client.Http;

/// <summary>TLS on hosts whose .NET Framework still defaults to versions that services have long refused.</summary>
internal static class TransportSecurity
{
    // .NET Standard has no names for these two.
    private const SecurityProtocolType SystemDefault = 0;
    private const SecurityProtocolType Tls13 = (SecurityProtocolType)0x3000;

    /// <summary>What the handler of a session is to use.</summary>
    public static SslProtocols Protocols => DotNetFramework.IsCurrent ? ProtocolsFor(ServicePointManager.SecurityProtocol) : SslProtocols.None;

    /// <summary>
    /// Decides for one connection handler, so that the process-wide setting, which belongs to everybody, stays as it is.
    /// </summary>
    /// <param name="processDefault">The process-wide setting.</param>
    /// <returns>TLS 1.2 where the process would not even offer it; else <see cref="SslProtocols.None"/>: the default decides.</returns>
    public static SslProtocols ProtocolsFor(SecurityProtocolType processDefault) =>
        processDefault == SystemDefault || (processDefault & (SecurityProtocolType.Tls12 | Tls13)) != 0
            ? SslProtocols.None
            : SslProtocols.Tls12;
}
