using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>Many creations in one pipeline, as from Import-Csv.</summary>
public class CreateBatchTests : EngineTest
{
    private const string Rows = "'a', 'b', 'c', 'd', 'e' | ForEach-Object { [pscustomobject]@{ Name = $_; Type = 'Service' } }";

    [Theory]
    [InlineData("reset before read", "CreationUncertain", 4)]
    [InlineData("reset after processing", "CreationUncertain", 5)]
    [InlineData("500", "CreationUncertain", 4)]
    [InlineData("503", "CreationUncertain", 4)]
    [InlineData("429 come back in 121", "RateLimited", 4)]
    [InlineData("409", "Conflict", 4)]
    [InlineData("422", "InvalidRequest", 4)]
    [InlineData("HTML with 200", "CreationUncertain", 4)]
    public void One_failure_leaves_the_others_intact(string breakPoint, string error, int tokens)
    {
        using var point = new BreakPoint(breakPoint);
        Emulator.AfterRequest = request =>
        {
            if (request.Body.Contains("\"b\"", StringComparison.Ordinal))
            {
                point.Arm(Emulator, "POST", 1);
            }

            return Task.CompletedTask;
        };

        ShellResult result = Run($"{Rows} | New-DcApiToken");

        Assert.Equal($"{error},DeepsetCloud.Commands.NewDcApiTokenCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal("c", result.Errors[0].TargetObject);
        Assert.Null(result.Terminating);
        Assert.Equal(["a", "b", "d", "e"], result.As<CreatedApiToken>().Select(created => created.Name));
        Assert.Equal(tokens, Emulator.Tokens.Count);
        Assert.All(result.As<CreatedApiToken>(), AssertWorks);
    }

    [Fact]
    public void A_row_that_cannot_be_sent_is_an_error_of_its_own()
    {
        const string rows = "@{ Name = 'a'; RoleId = '' }, @{ Name = 'b'; RoleId = 'chief' }, @{ Name = 'c'; RoleId = [guid]::NewGuid() }";

        ShellResult result = Run($"{rows} | ForEach-Object {{ [pscustomobject]$_ }} | New-DcApiToken");

        Assert.Equal("InvalidRequest,DeepsetCloud.Commands.NewDcApiTokenCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal("b", result.Errors[0].TargetObject);
        Assert.Equal(["a", "c"], result.As<CreatedApiToken>().Select(created => created.Name));
        Assert.Equal(2, Emulator.Requests.Count);
    }

    [Theory]
    [InlineData("401", "", "Unauthorized")]
    [InlineData("409", "-ErrorAction Stop", "Conflict")]
    public void Where_an_error_ends_the_command_nothing_more_is_created(string breakPoint, string arguments, string error)
    {
        using var point = new BreakPoint(breakPoint);
        Emulator.AfterRequest = _ =>
        {
            if (Emulator.Requests.Count == 2)
            {
                point.Arm(Emulator, "POST", 1);
            }

            return Task.CompletedTask;
        };
        Run("$kept = [System.Collections.Generic.List[object]]::new()");

        ShellResult result = Run(
            $"try {{ {Rows} | New-DcApiToken {arguments} | ForEach-Object {{ $kept.Add($_) }}; 'went on' }} catch {{ $_ }}");

        Assert.Equal($"{error},DeepsetCloud.Commands.NewDcApiTokenCommand", Assert.Single(result.As<ErrorRecord>()).FullyQualifiedErrorId);
        Assert.Equal(3, Emulator.Requests.Count);
        Assert.Equal(["a", "b"], Run("$kept").As<CreatedApiToken>().Select(created => created.Name));
    }
}
