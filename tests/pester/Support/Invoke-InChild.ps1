# The part of Invoke-Tests.ps1 that runs in a process of its own: Pester, and a summary for the parent.
[CmdletBinding()]
param(
    # Test files or folders, separated as in PATH.
    [Parameter(Mandatory)] [string] $Files,
    [Parameter(Mandatory)] [string] $Summary,
    [string] $ResultPath,
    [string] $Pester,
    [switch] $AsJson,
    [switch] $ListOnly
)

$ErrorActionPreference = 'Stop'
if ($Pester) { Import-Module (Join-Path $Pester 'Pester.psd1') } else { Import-Module Pester -MinimumVersion 5.7.0 }

function Invoke-File {
    param([Parameter(Mandatory)] [string[]] $Path, [string] $ResultPath)

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = [bool]$ListOnly
    $configuration.Output.Verbosity = if ($AsJson) { 'None' } else { 'Detailed' }
    if ($ResultPath) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputPath = $ResultPath
    }
    Invoke-Pester -Configuration $configuration
}

# Writes every test, and every block and file that could not run: its tests say nothing about why.
function Write-Run {
    param([Parameter(Mandatory)] [string] $File, [Parameter(Mandatory)] $Run)

    $results = @(
        $Run.Tests | Select-Object StartLine, Duration, ErrorRecord, Result, @{ Name = 'Name'; Expression = 'ExpandedPath' }
        $Run.FailedBlocks | Select-Object StartLine, Duration, ErrorRecord, Result, @{ Name = 'Name'; Expression = { "$($_.ExpandedPath) (what surrounds its tests)" } }
        $Run.FailedContainers | Select-Object Duration, ErrorRecord, Result, @{ Name = 'Name'; Expression = { "$(Split-Path $File -Leaf) (the file itself)" } }
    )
    foreach ($result in $results) {
        $line = [ordered]@{
            File       = $File
            Name       = $result.Name
            Line       = [int]$result.StartLine
            Result     = $result.Result
            Duration   = $result.Duration.TotalMilliseconds
            Message    = $result.ErrorRecord.DisplayErrorMessage -join "`n"
            StackTrace = $result.ErrorRecord.DisplayStackTrace -join "`n"
        }
        [Console]::Out.WriteLine(($line | ConvertTo-Json -Compress))
    }
}

$paths = $Files -split [System.IO.Path]::PathSeparator
if ($AsJson) {
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
    $runs = Get-ChildItem $paths -Filter *.Tests.ps1 | ForEach-Object {
        $run = Invoke-File $_.FullName
        Write-Run $_.FullName $run
        $run
    }
}
else {
    Write-Host "PowerShell $($PSVersionTable.PSVersion) ($($PSVersionTable.PSEdition)), Pester $((Get-Module Pester).Version), $env:DEEPSETCLOUD_TEST_MODULE"
    $runs = Invoke-File $paths -ResultPath $ResultPath
    if ($ListOnly) { $runs.Tests.ExpandedPath }
}

function Measure-Count([string[]] $Property) {
    $sum = 0
    foreach ($run in $runs) { foreach ($name in $Property) { $sum += $run.$name } }
    $sum
}

# A file or block that could not run counts as a failure: its tests are missing from the other numbers.
@{
    Passed  = Measure-Count PassedCount
    Failed  = Measure-Count FailedCount, FailedBlocksCount, FailedContainersCount
    Skipped = Measure-Count SkippedCount, InconclusiveCount, NotRunCount
} | ConvertTo-Json | Set-Content -LiteralPath $Summary
