using System.Net;
using System.Net.Sockets;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

/// <summary>.NET Framework wraps what fails in a WebException, and tells by its status what it was.</summary>
public class FrameworkFailureTests
{
    [Theory]
    [InlineData(WebExceptionStatus.TrustFailure, false)]
    [InlineData(WebExceptionStatus.SecureChannelFailure, false)]
    [InlineData(WebExceptionStatus.NameResolutionFailure, true)]
    [InlineData(WebExceptionStatus.ReceiveFailure, true)]
    public void A_failure_of_TLS_is_no_reason_to_try_again(WebExceptionStatus status, bool isTransient) =>
        Assert.Equal(isTransient, Failed(new WebException("", status)).IsTransient);

    [Fact]
    public void A_name_that_is_not_found_is_known_as_such() =>
        Assert.Equal(SocketError.HostNotFound, Failed(new WebException("", WebExceptionStatus.NameResolutionFailure)).SocketError);

    [Fact]
    public void The_error_of_the_socket_is_found_below()
    {
        var refused = new WebException("", new SocketException((int)SocketError.ConnectionRefused), WebExceptionStatus.ConnectFailure, null);

        Assert.Equal(SocketError.ConnectionRefused, Failed(refused).SocketError);
        Assert.True(Failed(refused).IsTransient);
    }

    private static AttemptResult Failed(WebException e) => AttemptResult.Failed(AttemptFailure.Connection, wasSent: false, status: null, new HttpRequestException("", e));
}
