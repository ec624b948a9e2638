<#
.SYNOPSIS
    Connects and says what to try: the beginning of a prompt to play at.
.DESCRIPTION
    Works on the service that $env:DEEPSET_API_URL and $env:DEEPSET_API_KEY name.
.EXAMPLE
    dotnet run --project samples/Quickstart -- -Shell
    On the built-in emulator of the service, with tokens of every kind.
#>
[CmdletBinding()]
param()

Import-Module ([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($PSScriptRoot), 'DeepsetCloud.psd1')) -ErrorAction Stop
$session = Connect-DcSession -PassThru -ErrorAction Stop
$place = if ($session.BaseUri.IsLoopback) { 'Nothing you do here leaves this machine.' } else { 'This is a real service: what you do here counts.' }

@"

DeepsetCloud $((Get-Module DeepsetCloud).Version) in PowerShell $($PSVersionTable.PSVersion), connected to $($session.BaseUri.Authority).
$place Try:

  Get-DcApiToken
  Get-DcApiToken | Where-Object IsExpired | Remove-DcApiToken -WhatIf
  Get-DcApiToken | Sort-Object ExpiresAt | Export-Csv tokens.csv
  New-DcApiToken try-me -Type Service -ExpiresIn 90.00:00:00
  Get-Help New-DcApiToken -Examples

Get-Command -Module DeepsetCloud lists all commands; exit ends the prompt.

"@ | Out-Host
Remove-Variable place
