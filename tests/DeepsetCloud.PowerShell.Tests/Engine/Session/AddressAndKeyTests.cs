using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Keys and addresses as people paste them, over the wire.</summary>
public class AddressAndKeyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("api")]
    [InlineData("api/")]
    [InlineData("api/v1")]
    [InlineData("api/v1/")]
    public async Task Every_form_of_an_address_leads_to_the_service(string path)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));
        shell.Set("baseUri", emulator.BaseAddress + path);

        shell.Run("Connect-DcSession $key -BaseUri $baseUri; Get-DcApiToken; Remove-DcApiToken a -ErrorAction Ignore").EnsureNoErrors();

        Assert.Equal(["/api/v1/me", "/api/v1/token", "/api/v1/token/a"], emulator.Requests.Snapshot().Select(request => request.Path));
        Assert.Equal(emulator.BaseAddress, Assert.Single(shell.Run("Get-DcSession").As<DcSession>()).BaseUri);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Bearer {0}")]
    [InlineData("bearer  {0}")]
    [InlineData(" {0}\r\n")]
    [InlineData("\tBearer {0} ")]
    public async Task Every_form_of_a_key_is_the_key(string form)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        string given = string.Format(null, form, emulator.DefaultUser.Token);
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(given));
        shell.Set("credential", new PSCredential("api", Shell.Secure(given)));
        shell.Set("baseUri", emulator.BaseAddress.ToString());

        shell.Run("Connect-DcSession $key -BaseUri $baseUri; Connect-DcSession -Credential $credential -BaseUri $baseUri").EnsureNoErrors();

        Assert.Equal(2, emulator.Requests.Count);
        Assert.All(emulator.Requests.Snapshot(), request => Assert.Equal("Bearer " + emulator.DefaultUser.Token, request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("-BaseUri http://api.example.com -SkipVerification", false)]
    [InlineData("-BaseUri http://api.example.com -SkipVerification -AllowUnencryptedAuthentication", true)]
    [InlineData("-BaseUri https://api.example.com -SkipVerification", true)]
    [InlineData("-BaseUri http://localhost:1 -SkipVerification", true)]
    public void Plain_http_beyond_this_computer_takes_consent(string arguments, bool accepted)
    {
        using var shell = new Shell();
        shell.Set("key", Shell.Secure("api_x"));

        ShellResult result = shell.Run("Connect-DcSession $key " + arguments);

        Assert.Equal(accepted, result.Errors.Count == 0);
        Assert.Equal(accepted ? 1 : 0, shell.Run("Get-DcSession").Output.Count);
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
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        await using EmulatorServer elsewhere = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Redirect, Status = status, Location = elsewhere.BaseAddress + "api/v1/token" });
        using var shell = new Shell(emulator);

        ErrorRecord error = shell.Run(script).Error;

        Assert.Contains("redirects to http://127.0.0.1", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((1L, 0L), (emulator.Requests.Count, elsewhere.Requests.Count));
        Assert.Equal(0, elsewhere.Connections.Accepted);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_before_the_key_is_sent()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions { UseHttps = true });
        using var shell = new Shell(emulator, "-SkipVerification -MaximumRetryCount 0");

        ErrorRecord error = shell.Run("Get-DcApiToken").Error;

        Assert.StartsWith("ConnectionFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }
}
