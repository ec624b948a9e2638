# The part of Invoke-Tests.ps1 that runs in a process of its own: Pester, and a summary for the parent.
[CmdletBinding()]
param(
    # Test files or folders, separated as in PATH.
    [Parameter(Mandatory)] [string] $Files,
    [Parameter(Mandatory)] [string] $Summary,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.7.0
Write-Host "PowerShell $($PSVersionTable.PSVersion) ($($PSVersionTable.PSEdition)), Pester $((Get-Module Pester).Version), $env:DEEPSETCLOUD_TEST_MODULE"

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Files -split [System.IO.Path]::PathSeparator
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ResultPath
}

$run = Invoke-Pester -Configuration $configuration

# A file or block that could not run counts as a failure: its tests are missing from the other numbers.
@{
    Passed  = $run.PassedCount
    Failed  = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
    Skipped = $run.SkippedCount + $run.NotRunCount
} | ConvertTo-Json | Set-Content -LiteralPath $Summary
