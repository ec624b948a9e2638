using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>Bad input is refused by the name of its parameter, before anything is sent.</summary>
public class BadInputTests : EngineTest
{
    [Theory]
    [InlineData("a b")]
    [InlineData("../me")]
    [InlineData("")]
    [InlineData("\u001b[2J")]
    public void Text_that_is_no_id_is_refused_by_every_command(string id)
    {
        Shell.Set("id", id);

        Assert.All(
            (string[])[
                "Remove-DcApiToken $id", "Remove-DcApiToken -ApiTokenId $id -Force", "[pscustomobject]@{ ApiTokenId = $id } | Remove-DcApiToken",
                "Get-DcApiToken -ApiTokenId $id", "[pscustomobject]@{ ApiTokenId = $id } | Get-DcApiToken"],
            script => AssertRefused(Run(script), "ApiTokenId"));

        Assert.Equal(0, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("../me")]
    [InlineData("")]
    [InlineData("\u001b[2J")]
    public void Text_that_is_no_workspace_is_refused_in_every_parameter_set(string name)
    {
        Shell.Set("name", name);

        Assert.All(
            (string[])["", "-PageNumber 1", "-After x", "-ApiTokenId x", "-First 0"],
            set => AssertRefused(Run($"Get-DcApiToken -Workspace $name {set}"), "Workspace"));

        Assert.Equal(0, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("Get-DcApiToken -Limit 0", "Limit")]
    [InlineData("Get-DcApiToken -Limit -1", "Limit")]
    [InlineData("Get-DcApiToken -Limit ten", "Limit")]
    [InlineData("Get-DcApiToken -PageNumber 0", "PageNumber")]
    [InlineData("Get-DcApiToken -PageNumber -1", "PageNumber")]
    [InlineData("Get-DcApiToken -PageNumber 1 -Limit 0", "Limit")]
    [InlineData("Get-DcApiToken -After x -Limit 0", "Limit")]
    [InlineData("Get-DcApiToken -First -1", "First")]
    [InlineData("Get-DcApiToken -Skip -1", "Skip")]
    [InlineData("Get-DcApiToken -Name ''", "Name")]
    [InlineData("Get-DcApiToken -Name @()", "Name")]
    [InlineData("Get-DcApiToken -After ''", "After")]
    [InlineData("Get-DcApiToken -Before ''", "Before")]
    [InlineData("Get-DcApiToken -ApiTokenId @()", "ApiTokenId")]
    [InlineData("Get-DcApiToken -ApiTokenId a, ''", "ApiTokenId")]
    [InlineData("Get-DcApiToken -Session $null", "Session")]
    [InlineData("Remove-DcApiToken -ApiTokenId a, $null", "ApiTokenId")]
    [InlineData("Remove-DcApiToken -InputObject $null", "InputObject")]
    [InlineData("Remove-DcApiToken -InputObject text", "InputObject")]
    [InlineData("Remove-DcApiToken a -Session $null", "Session")]
    [InlineData("Remove-DcApiToken a -ThrottleLimit 0", "ThrottleLimit")]
    [InlineData("Remove-DcApiToken a -ThrottleLimit -1", "ThrottleLimit")]
    [InlineData("Remove-DcApiToken a -ThrottleLimit 257", "ThrottleLimit")]
    [InlineData("Remove-DcApiToken a -ThrottleLimit many", "ThrottleLimit")]
    [InlineData("Connect-DcSession $key -TimeoutSec 0", "TimeoutSec")]
    [InlineData("Connect-DcSession $key -TimeoutSec 86401", "TimeoutSec")]
    [InlineData("Connect-DcSession $key -MaximumRetryCount -1", "MaximumRetryCount")]
    [InlineData("Connect-DcSession $key -MaximumRetryCount 101", "MaximumRetryCount")]
    [InlineData("Connect-DcSession $key -BaseUri ''", "BaseUri")]
    [InlineData("Connect-DcSession $key -BaseUri $baseUri -Region EU", "Region")]
    [InlineData("Connect-DcSession $key -Region Moon", "Region")]
    [InlineData("Connect-DcSession -ApiKey $null", "ApiKey")]
    [InlineData("Connect-DcSession -Credential $null", "Credential")]
    [InlineData("Get-DcSession -Session $null", "Session")]
    [InlineData("Disconnect-DcSession -Session @()", "Session")]
    [InlineData("Disconnect-DcSession -Session $session, $null", "Session")]
    [InlineData("Disconnect-DcSession -Session 'text'", "Session")]
    public void An_argument_out_of_range_is_refused_by_name(string script, string parameter)
    {
        AssertRefused(Run(script), parameter);

        Assert.Equal(0, Emulator.Requests.Count);
        Assert.Same(Session, Assert.Single(Run("Get-DcSession").As<DcSession>()));
        Assert.True(Session.IsConnected);
    }

    [Theory]
    [InlineData("api_first\r\n\r\nGET / HTTP/1.1")]
    [InlineData("api_fürst")]
    [InlineData("Bearer")]
    [InlineData("long")]
    public void A_key_that_no_header_may_hold_is_refused(string key)
    {
        // What servers take in one header ends at 16 to 32 KB.
        key = key == "long" ? "api_" + new string('x', 16 * 1024) : key;
        Shell.Set("key", Shell.Secure(key));
        Shell.Set("credential", new PSCredential("api", Shell.Secure(key)));

        AssertRefused(Run("Connect-DcSession $key -BaseUri $baseUri"), "-ApiKey");
        AssertRefused(Run("Connect-DcSession -Credential $credential -BaseUri $baseUri"), "-Credential");

        Assert.Equal(0, Emulator.Connections.Accepted);
    }

    [Theory]
    [InlineData("api.cloud.deepset.ai")]
    [InlineData("https://ada:secret@api.cloud.deepset.ai")]
    [InlineData("https://api.cloud.deepset.ai/?key=secret")]
    [InlineData("http://api.cloud.deepset.ai")]
    [InlineData("   ")]
    public void An_address_that_no_key_may_be_sent_to_is_refused(string address)
    {
        Shell.Set("address", address);

        ShellResult result = Run("Connect-DcSession $key -BaseUri $address -SkipVerification");

        AssertRefused(result, "-BaseUri");
        Assert.DoesNotContain("secret", result.Error.Exception.ToString(), StringComparison.Ordinal);
    }

    private static void AssertRefused(ShellResult result, string parameter)
    {
        ErrorRecord error = result.Error;
        Assert.Empty(result.Output);
        Assert.Contains(parameter, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(error.CategoryInfo.Category, (ErrorCategory[])[ErrorCategory.InvalidArgument, ErrorCategory.InvalidData]);
        Assert.True(error.Exception is ParameterBindingException || !error.ToString().Any(char.IsControl), error.ToString());
    }
}
