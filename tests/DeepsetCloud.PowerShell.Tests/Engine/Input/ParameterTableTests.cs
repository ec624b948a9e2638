using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>The table of commands, to the letter: what people type, pipe and get must not change by accident.</summary>
public class ParameterTableTests : EngineTest
{
    private const string Expected =
        """
        Connect-DcSession default=ApiKey writes DeepsetCloud.DcSession
          -AllowUnencryptedAuthentication SwitchParameter *
          -ApiKey SecureString ApiKey:0
          -BaseUri String *
          -Credential PSCredential Credential:M
          -MaximumRetryCount Int32 *
          -NoDefault SwitchParameter *
          -PassThru SwitchParameter *
          -Region DcRegion? *
          -SkipVerification SwitchParameter *
          -TimeoutSec Int32 *
        Disconnect-DcSession default=- writes System.Void
          -Session DcSession[] *:V0
        Get-DcApiToken default=All writes DeepsetCloud.ApiToken
          -After String Cursor
          -ApiTokenId String[] Id:MP
          -Before String Cursor
          -First UInt64 All
          -IncludeTotalCount SwitchParameter All
          -Limit Int32 All Cursor Page
          -Name String[] All:0
          -PageNumber Int32 Page:M
          -Session DcSession[] *
          -Skip UInt64 All
          -Workspace String *
        Get-DcSession default=Session writes DeepsetCloud.DcSession, DeepsetCloud.CreatedApiToken
          -RecoverToken SwitchParameter RecoverToken:M
          -Session DcSession[] RecoverToken:V0 Session:V0
        New-DcApiToken default=ExpiresAt confirm=Medium writes DeepsetCloud.CreatedApiToken, System.String
          -AsPlainText SwitchParameter *
          -ExpiresAt DateTimeOffset? ExpiresAt:P
          -ExpiresIn TimeSpan ExpiresIn:MP
          -Name String *:P0
          -NeverExpires SwitchParameter NeverExpires:MP
          -OrganizationRole OrganizationRole? *:P
          -RoleId String *:P
          -Session DcSession *
          -Type ApiTokenType? *:P
          -Workspace (Workspaces) String[] *:P
        Remove-DcApiToken default=InputObject confirm=Medium writes System.Void, DeepsetCloud.ApiToken
          -ApiTokenId String[] Id:MP0
          -Force SwitchParameter *
          -InputObject ApiToken InputObject:MV0
          -PassThru SwitchParameter *
          -Session DcSession *
          -ThrottleLimit Int32 *
        """;

    [Fact]
    public void The_commands_are_as_designed()
    {
        IEnumerable<CmdletInfo> commands = Run("Get-Command -Module DeepsetCloud").EnsureNoErrors().As<CmdletInfo>();

        string actual = string.Join("\n", commands.OrderBy(command => command.Name, StringComparer.Ordinal).SelectMany(CommandTable.Describe));

        Assert.Equal(Expected.ReplaceLineEndings("\n"), actual);
    }

    [Theory]
    [InlineData("Get-DcApiToken -First 1 -ApiTokenId a")]
    [InlineData("Get-DcApiToken -PageNumber 1 -After a")]
    [InlineData("Get-DcApiToken -PageNumber 1 -First 1")]
    [InlineData("Get-DcApiToken -Name a -Before b")]
    [InlineData("Get-DcApiToken -ApiTokenId a -Limit 10")]
    [InlineData("New-DcApiToken -ExpiresIn 1:00 -NeverExpires")]
    [InlineData("New-DcApiToken -ExpiresAt 2030-01-01 -ExpiresIn 1:00")]
    [InlineData("New-DcApiToken -ExpiresAt 2030-01-01 -NeverExpires")]
    public void Parameters_of_two_sets_do_not_go_together(string script)
    {
        Assert.StartsWith("AmbiguousParameterSet", Run(script).ErrorId, StringComparison.Ordinal);

        Assert.Equal(0, Emulator.Requests.Count);
    }
}
