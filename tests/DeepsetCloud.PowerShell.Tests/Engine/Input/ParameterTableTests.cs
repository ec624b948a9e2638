using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Input;

/// <summary>The table of commands, to the letter: what people type, pipe and get must not change by accident.</summary>
public class ParameterTableTests
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
        using var shell = new Shell();
        IEnumerable<CmdletInfo> commands = shell.Run("Get-Command -Module DeepsetCloud").EnsureNoErrors().As<CmdletInfo>();

        string actual = string.Join("\n", commands.OrderBy(command => command.Name, StringComparer.Ordinal).SelectMany(CommandTable.Describe));

        Assert.Equal(Expected.ReplaceLineEndings("\n"), actual);
    }

    [Theory]
    [InlineData("New-DcApiToken")]
    [InlineData("Remove-DcApiToken")]
    public void What_changes_something_can_be_tried_and_confirmed(string command)
    {
        using var shell = new Shell();

        var info = Assert.Single(shell.Run($"Get-Command {command}").EnsureNoErrors().As<CmdletInfo>());

        Assert.Contains("WhatIf", info.Parameters.Keys);
        Assert.Contains("Confirm", info.Parameters.Keys);
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
    public async Task Parameters_of_two_sets_do_not_go_together(string script)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using var shell = new Shell(emulator);

        ShellResult result = shell.Run(script);

        Assert.StartsWith("AmbiguousParameterSet", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, emulator.Requests.Count);
    }
}
