using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Connect-DcSession asks who the key belongs to: only "nobody" is a reason not to connect.</summary>
public class VerificationTests : EngineTest
{
    private protected override bool HasDefaultSession => false;

    [Fact]
    public async Task A_key_that_is_not_accepted_ends_the_command()
    {
        Shell.Set("key", Shell.Secure("nobody's-key"));

        ErrorRecord error = Shell.RunToError("Connect-DcSession $key -BaseUri $baseUri -PassThru");

        Assert.Equal("Unauthorized,DeepsetCloud.Commands.ConnectDcSessionCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains("Could not validate credentials", error.ToString(), StringComparison.Ordinal);
        Assert.False(Assert.IsType<DcSession>(error.TargetObject).IsConnected);
        Assert.Empty(Run("Get-DcSession").EnsureNoErrors().Output);
        Assert.True(await Emulator.Connections.WaitForNoneAsync(Patience));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(503)]
    public void Any_other_response_to_who_am_I_is_a_warning(int status)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, PathPrefix = "/api/v1/me", Status = status, Body = """{"detail":"in its own words"}""" });

        ShellResult result = Run("Connect-DcSession $key -BaseUri $baseUri -MaximumRetryCount 0").EnsureNoErrors();

        Assert.Contains("in its own words", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Run("Get-DcApiToken").EnsureNoErrors();
        Assert.Null(Assert.Single(Run("Get-DcSession").As<DcSession>()).User);
    }

    [Theory]
    [InlineData(FaultKind.ResetAfterRead)]
    [InlineData(FaultKind.ResetOnAccept)]
    [InlineData(FaultKind.CutBody)]
    public void A_broken_connection_is_a_warning(FaultKind kind)
    {
        Emulator.Faults.Add(kind);

        ShellResult result = Run("Connect-DcSession $key -BaseUri $baseUri -MaximumRetryCount 0").EnsureNoErrors();

        Assert.Single(result.Warnings);
        Run("Get-DcApiToken").EnsureNoErrors();
    }

    [Theory]
    [InlineData("<html><title>Welcome</title></html>", "text/html")]
    [InlineData("[]", "application/json")]
    [InlineData("not json", "application/json")]
    public void A_response_that_is_no_user_is_a_warning(string body, string type)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = body, ContentType = type });

        ShellResult result = Run("Connect-DcSession $key -BaseUri $baseUri").EnsureNoErrors();

        Assert.Contains("could not be verified", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_without_organization_is_a_user()
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Body = """{"given_name":"Ada","organization":null,"user_id":7}""" });

        ShellResult result = Run("Connect-DcSession $key -BaseUri $baseUri -PassThru").EnsureNoErrors();

        DcSession session = Assert.Single(result.As<DcSession>());
        Assert.Empty(result.Warnings);
        Assert.Equal(("Ada", null, null), (session.User!.ToString(), session.User.UserId, session.Organization));
    }

    [Fact]
    public void SkipVerification_asks_nothing()
    {
        Shell.Set("key", Shell.Secure("nobody's-key"));

        ShellResult result = Run("Connect-DcSession $key -BaseUri $baseUri -SkipVerification -PassThru").EnsureNoErrors();

        Assert.Null(Assert.Single(result.As<DcSession>()).User);
        Assert.Equal(0, Emulator.Requests.Count);
    }

    [Fact]
    public void A_key_that_stops_working_ends_the_next_command()
    {
        Shell.Set("key", Shell.Secure("nobody's-key"));
        Run("Connect-DcSession $key -BaseUri $baseUri -SkipVerification").EnsureNoErrors();

        foreach (string script in (string[])["Get-DcApiToken", "New-DcApiToken", "Remove-DcApiToken a"])
        {
            Assert.StartsWith("Unauthorized,", Shell.RunToError(script).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }
}
