using System.Net;
using System.Security.Authentication;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

public class TransportSecurityTests
{
    private const SecurityProtocolType SystemDefault = 0;
    private const SecurityProtocolType Tls13 = (SecurityProtocolType)0x3000;

#pragma warning disable CS0618, CA5364, CA5386, SYSLIB0039 // What old hosts have is what this is about.
    [Theory]
    [InlineData(SecurityProtocolType.Ssl3 | SecurityProtocolType.Tls, SslProtocols.Tls12)]
    [InlineData(SecurityProtocolType.Tls | SecurityProtocolType.Tls11, SslProtocols.Tls12)]
    [InlineData(SecurityProtocolType.Tls | SecurityProtocolType.Tls12, SslProtocols.None)]
    [InlineData(SecurityProtocolType.Tls12, SslProtocols.None)]
    [InlineData(Tls13, SslProtocols.None)]
    [InlineData(SystemDefault, SslProtocols.None)]
    public void Only_where_the_process_would_not_offer_TLS_1_2_the_session_asks_for_it(SecurityProtocolType processDefault, SslProtocols expected) =>
        Assert.Equal(expected, TransportSecurity.ProtocolsFor(processDefault));
#pragma warning restore CS0618, CA5364, CA5386, SYSLIB0039

    [Fact]
    public void On_this_runtime_the_default_decides() => Assert.Equal(SslProtocols.None, TransportSecurity.Protocols);
}
