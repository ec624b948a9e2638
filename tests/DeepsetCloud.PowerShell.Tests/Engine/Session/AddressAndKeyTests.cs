using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Keys and addresses as people paste them, over the wire.</summary>
public class AddressAndKeyTests : EngineTest
{
    private protected override bool HasDefaultSession => false;

    [Theory]
    [InlineData("")]
    [InlineData("api")]
    [InlineData("api/")]
    [InlineData("api/v1")]
    [InlineData("api/v1/")]
    public void Every_form_of_an_address_leads_to_the_service(string path)
    {
        Shell.Set("baseUri", Emulator.BaseAddress + path);

        Run("Connect-DcSession $key -BaseUri $baseUri; Get-DcApiToken; Remove-DcApiToken a -ErrorAction Ignore").EnsureNoErrors();

        Assert.Equal(["/api/v1/me", "/api/v1/token", "/api/v1/token/a"], Emulator.Requests.Snapshot().Select(request => request.Path));
        Assert.Equal(Emulator.BaseAddress, Assert.Single(Run("Get-DcSession").As<DcSession>()).BaseUri);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Bearer {0}")]
    [InlineData("bearer  {0}")]
    [InlineData(" {0}\r\n")]
    [InlineData("\tBearer {0} ")]
    public void Every_form_of_a_key_is_the_key(string form)
    {
        string given = string.Format(null, form, Emulator.DefaultUser.Token);
        Shell.Set("key", Shell.Secure(given));
        Shell.Set("credential", new PSCredential("api", Shell.Secure(given)));

        Run("Connect-DcSession $key -BaseUri $baseUri; Connect-DcSession -Credential $credential -BaseUri $baseUri").EnsureNoErrors();

        Assert.Equal(2, Emulator.Requests.Count);
        Assert.All(Emulator.Requests.Snapshot(), request => Assert.Equal("Bearer " + Emulator.DefaultUser.Token, request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("-BaseUri http://api.example.com -SkipVerification", false)]
    [InlineData("-BaseUri http://api.example.com -SkipVerification -AllowUnencryptedAuthentication", true)]
    [InlineData("-BaseUri https://api.example.com -SkipVerification", true)]
    [InlineData("-BaseUri http://localhost:1 -SkipVerification", true)]
    public void Plain_http_beyond_this_computer_takes_consent(string arguments, bool accepted)
    {
        Shell.Set("key", Shell.Secure("api_x"));

        ShellResult result = Run("Connect-DcSession $key " + arguments);

        Assert.Equal(accepted, result.Errors.Count == 0);
        Assert.Equal(accepted ? 1 : 0, Run("Get-DcSession").Output.Count);
        if (!accepted)
        {
            Assert.Contains("-BaseUri", result.Error.ToString(), StringComparison.Ordinal);
            Assert.Contains("-AllowUnencryptedAuthentication", result.Error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Get-DcApiToken", 301)]
    [InlineData("Get-DcApiToken", 302)]
    [InlineData("Get-DcApiToken -PageNumber 1", 307)]
    [InlineData("New-DcApiToken", 303)]
    [InlineData("New-DcApiToken", 308)]
    [InlineData("Remove-DcApiToken a", 307)]
    public async Task No_redirect_is_followed(string script, int status)
    {
        await using EmulatorServer elsewhere = await EmulatorServer.StartAsync();
        Connect();
        Emulator.Faults.Add(new Fault { Kind = FaultKind.Redirect, Status = status, Location = elsewhere.BaseAddress + "api/v1/token" });

        ErrorRecord error = Run(script).Error;

        Assert.Contains("redirects to http://127.0.0.1", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((1L, 0L), (Emulator.Requests.Count, elsewhere.Requests.Count));
        Assert.Equal(0, elsewhere.Connections.Accepted);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_before_the_key_is_sent()
    {
        await StartAsync(new EmulatorOptions { UseHttps = true });
        Connect(options => options with { MaximumRetryCount = 0 });

        ErrorRecord error = Run("Get-DcApiToken").Error;

        Assert.StartsWith("ConnectionFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, Emulator.Requests.Count);
    }
}
