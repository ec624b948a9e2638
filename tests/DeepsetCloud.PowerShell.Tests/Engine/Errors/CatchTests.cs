using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Errors;

/// <summary>What scripts do with errors, and what is in them.</summary>
public class CatchTests : EngineTest
{
    private const string Missing = "7aff1a3a-2fa9-4467-b392-51aa52c3f5ad";
    private const string Remove = "Remove-DcApiToken " + Missing;

    [Theory]
    [InlineData(Remove + " -ErrorAction Stop", 404, "ApiTokenNotFound")]
    [InlineData("$ErrorActionPreference = 'Stop'; " + Remove, 404, "ApiTokenNotFound")]
    [InlineData("New-DcApiToken ci -Workspace nowhere -ErrorAction Stop", 422, "InvalidRequest")]
    [InlineData("Connect-DcSession $wrong -BaseUri $baseUri -SkipVerification; Get-DcApiToken", 401, "Unauthorized")]
    [InlineData("Connect-DcSession $wrong -BaseUri $baseUri -SkipVerification; New-DcApiToken ci", 401, "Unauthorized")]
    [InlineData("Connect-DcSession $wrong -BaseUri $baseUri", 401, "Unauthorized")]
    public void Catch_by_type_gives_status_and_request_id(string script, int status, string id)
    {
        Shell.Set("wrong", Shell.Secure("api_nobody-has-made-this"));

        ShellResult result = Run(
            $"try {{ {script} }} catch [System.Net.WebException] {{ 'wrong' }} catch [DeepsetCloud.DcApiException] "
            + "{ $_.Exception.StatusCode; $_.Exception.RequestId; $_.Exception.ErrorId; $_.Exception.ServerMessage }").EnsureNoErrors();

        Assert.Equal([status, Emulator.Requests.Last!.RequestId, id], result.Output.Take(3).Select(output => output.BaseObject));
        Assert.IsType<string>(result.Output[3].BaseObject);
    }

    [Fact]
    public async Task Without_a_response_there_is_no_status_and_no_request_id()
    {
        using var closed = new ClosedPort();
        await StartAsync(address: closed.Address);

        ShellResult result = Run(
            "try { Get-DcApiToken -ErrorAction Stop } catch [DeepsetCloud.DcApiException] "
            + "{ $null -eq $_.Exception.StatusCode; $null -eq $_.Exception.RequestId; $null -eq $_.Exception.ServerMessage }").EnsureNoErrors();

        Assert.Equal([true, true, true], result.As<bool>());
    }

    [Fact]
    public void An_error_that_does_not_end_the_command_is_found_in_ErrorVariable_and_Error()
    {
        ShellResult result = Run(
            $"{Remove}, ../me -ErrorAction SilentlyContinue -ErrorVariable failed; "
            + "$failed | ForEach-Object { $_.TargetObject }; $? ; $Error[0].FullyQualifiedErrorId").EnsureNoErrors();

        Assert.Equal(new object[] { Missing, "../me" }.Order(), result.Output.Take(2).Select(o => o.BaseObject).Order());
        Assert.EndsWith("RemoveDcApiTokenCommand", (string)result.Output[3].BaseObject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail":"In use by a pipeline."}""", "In use by a pipeline")]
    [InlineData("""{"message":"Locked.","details":"By Grace."}""", "Locked.: By Grace")]
    [InlineData("<html><title>Bad Gateway</title></html>", "(an HTML page: Bad Gateway)")]
    [InlineData("""{"detail":"No: Authorization: Bearer """ + EmulatorOptions.DefaultUserToken + "\"}", "No: Authorization: Bearer [API key]")]
    public void An_error_holds_the_servers_own_words_without_the_key(string body, string words)
    {
        Refuse(409, body: body);

        ErrorRecord error = Run(Remove).Error;

        Assert.Contains($"(409): {words}.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(words, Assert.IsType<DcApiException>(error.Exception).ServerMessage?.TrimEnd('.'));
    }

    [Fact]
    public void A_response_without_words_leaves_whole_sentences()
    {
        Refuse(409, body: "");

        Assert.EndsWith($"(409). Whether the API token '{Missing}' is gone is not known.", Run(Remove).Error.ToString(), StringComparison.Ordinal);
    }
}
