using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Commands.Errors;

namespace DeepsetCloud.Tests.Engine.Errors;

/// <summary>Every id of the table, reached through the engine by what really leads to it.</summary>
public class ErrorIdTests : EngineTest
{
    private const string Missing = "7aff1a3a-2fa9-4467-b392-51aa52c3f5ad";
    private const string New = "New-DcApiToken ci";
    private const string Get = "Get-DcApiToken";
    private const string Remove = $"Remove-DcApiToken {Missing}";
    private const string TheSession = "(the session)";

    /// <summary>How it breaks, the command, the id and category, what it is about, and whether it ends the command.</summary>
    public static TheoryData<string, string, string, ErrorCategory, string, bool> Conditions => new()
    {
        { "closed session", New, "SessionRequired", ErrorCategory.AuthenticationError, TheSession, true },
        { "closed session", Get, "SessionRequired", ErrorCategory.AuthenticationError, TheSession, true },
        { "closed session", Remove, "SessionRequired", ErrorCategory.AuthenticationError, TheSession, true },
        { "wrong key", New, "Unauthorized", ErrorCategory.AuthenticationError, "ci", true },
        { "wrong key", Get, "Unauthorized", ErrorCategory.AuthenticationError, TheSession, true },
        { "wrong key", Remove, "Unauthorized", ErrorCategory.AuthenticationError, Missing, true },
        { "API key", New, "Forbidden", ErrorCategory.PermissionDenied, "ci", false },
        { "API key", Remove, "Forbidden", ErrorCategory.PermissionDenied, Missing, false },
        { "403", Get, "Forbidden", ErrorCategory.PermissionDenied, TheSession, false },
        { "none", Remove, "ApiTokenNotFound", ErrorCategory.ObjectNotFound, Missing, false },
        { "none", $"{Get} -ApiTokenId {Missing}", "ApiTokenNotFound", ErrorCategory.ObjectNotFound, Missing, false },
        { "none", $"{Get} -Name nobody", "ApiTokenNotFound", ErrorCategory.ObjectNotFound, "nobody", false },
        { "none", $"{Get} -ApiTokenId ../me", "InvalidRequest", ErrorCategory.InvalidArgument, "../me", false },
        { "none", $"{Get} -Workspace ../me", "InvalidRequest", ErrorCategory.InvalidArgument, "../me", true },
        { "none", $"{Get} -Workspace nowhere", "InvalidRequest", ErrorCategory.InvalidArgument, TheSession, false },
        { "none", $"{Get} -PageNumber 1 -Limit 101", "InvalidRequest", ErrorCategory.InvalidArgument, TheSession, false },
        { "none", $"{New} -ExpiresIn -1:0:0", "InvalidRequest", ErrorCategory.InvalidArgument, "ci", false },
        { "none", $"{New} -Workspace nowhere", "InvalidRequest", ErrorCategory.InvalidArgument, "ci", false },
        { "none", "New-DcApiToken -RoleId chief", "InvalidRequest", ErrorCategory.InvalidArgument, TheSession, false },
        { "none", "Remove-DcApiToken 'a b'", "InvalidRequest", ErrorCategory.InvalidArgument, "a b", false },
        { "400", Remove, "InvalidRequest", ErrorCategory.InvalidArgument, Missing, false },
        { "409", New, "Conflict", ErrorCategory.ResourceExists, "ci", false },
        { "409", Remove, "Conflict", ErrorCategory.ResourceExists, Missing, false },
        { "429", New, "RateLimited", ErrorCategory.LimitsExceeded, "ci", false },
        { "429", Get, "RateLimited", ErrorCategory.LimitsExceeded, TheSession, false },
        { "429", Remove, "RateLimited", ErrorCategory.LimitsExceeded, Missing, false },
        { "503", New, "CreationUncertain", ErrorCategory.InvalidResult, "ci", false },
        { "404 of a gateway", Remove, "InvalidResponse", ErrorCategory.InvalidData, Missing, false },
        { "403 of a gateway", Get, "InvalidResponse", ErrorCategory.InvalidData, TheSession, false },
        { "401 of a gateway", Get, "InvalidResponse", ErrorCategory.InvalidData, TheSession, false },
        { "522 of a gateway", Get, "ServiceUnavailable", ErrorCategory.ResourceUnavailable, TheSession, false },
        { "500", Get, "ServiceUnavailable", ErrorCategory.ResourceUnavailable, TheSession, false },
        { "502", Remove, "ServiceUnavailable", ErrorCategory.ResourceUnavailable, Missing, false },
        { "hang before processing", Get, "RequestTimeout", ErrorCategory.OperationTimeout, TheSession, false },
        { "hang before processing", Remove, "RequestTimeout", ErrorCategory.OperationTimeout, Missing, false },
        { "connection refused", New, "ConnectionFailed", ErrorCategory.ConnectionError, "ci", false },
        { "name not found", Get, "ConnectionFailed", ErrorCategory.ConnectionError, TheSession, false },
        { "untrusted certificate", Remove, "ConnectionFailed", ErrorCategory.ConnectionError, Missing, false },
        { "reset after read", Remove, "ConnectionFailed", ErrorCategory.ConnectionError, Missing, false },
        { "HTML with 200", Get, "InvalidResponse", ErrorCategory.InvalidData, TheSession, false },
        { "damaged gzip", Get, "InvalidResponse", ErrorCategory.InvalidData, TheSession, false },
        { "redirect", New, "InvalidResponse", ErrorCategory.InvalidData, "ci", false },
        { "HTML with 200", Remove, "InvalidResponse", ErrorCategory.InvalidData, Missing, false },
        { "hang after processing", New, "CreationUncertain", ErrorCategory.InvalidResult, "ci", false },
        { "500", New, "CreationUncertain", ErrorCategory.InvalidResult, "ci", false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task An_error_has_its_id_category_target_and_advice(
        string how, string script, string id, ErrorCategory category, string target, bool endsTheCommand)
    {
        using var point = new BreakPoint(how is "closed session" or "wrong key" or "API key" ? "none" : how);
        await StartAsync(point, script == New ? "POST" : script == Remove ? "DELETE" : "GET", Fault.Always, retries: 1);
        Seed(1);
        if (how is "wrong key" or "API key")
        {
            Connect(key: how == "API key" ? Emulator.Tokens.Create().Secret : "api_nobody-has-made-this");
        }
        else if (how == "closed session")
        {
            Session.Close();
        }

        ShellResult result = await RunAsync(point, $"try {{ {script}{(how == "closed session" ? " -Session $session" : "")} }} catch {{ 'ended'; $_ }}");

        ErrorRecord error = endsTheCommand ? (ErrorRecord)result.Output[1].BaseObject : Assert.Single(result.Errors);
        Assert.Equal(endsTheCommand ? 2 : 0, result.Output.Count);
        string command = script.Split(' ')[0].Replace("-", "", StringComparison.Ordinal);
        Assert.Equal($"{id},DeepsetCloud.Commands.{command}Command", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject is DcSession ? TheSession : error.TargetObject);
        Assert.Equal(id, Assert.IsType<DcApiException>(error.Exception).ErrorId);
        Assert.Equal(ErrorTable.ActionFor((DcApiException)error.Exception), error.ErrorDetails.RecommendedAction);
        Assert.Equal(error.Exception.Message, error.ErrorDetails.Message);
        Assert.Matches("^[-A-Z1'].*\\.$", error.Exception.Message);
        Assert.DoesNotContain(Emulator.DefaultUser.Token, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_id_is_reached() => Assert.Equal(
        Enum.GetNames<ApiErrorKind>().Order(),
        Conditions.Select(row => row.Data.Item3).Distinct().Order());

    [Fact]
    public void What_ends_a_command_is_what_the_table_says() => Assert.All(
        Conditions.Where(row => row.Data.Item2 is New or Get or Remove),
        row => Assert.Equal(ErrorTable.IsTerminating(Enum.Parse<ApiErrorKind>(row.Data.Item3)), row.Data.Item6));
}
