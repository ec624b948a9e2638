<#
.SYNOPSIS
    Runs the Pester tests against the package, in a PowerShell of its own.
.DESCRIPTION
    Makes the package (or takes the one that is given), unpacks it into a folder of modules as an installation does, and
    runs the tests in a new process that finds the module there. What is tested is what is shipped, and no file is in use
    afterwards. Works in Windows PowerShell 5.1 and in PowerShell 7; needs the .NET SDK (for the emulator of the service) and
    Pester 5.7 or later. The last line is the result: "Pester: N passed, N failed, N skipped".

    "dotnet test" runs this script in the PowerShell and with the Pester that the repository pins.
.EXAMPLE
    ./tests/pester/Invoke-Tests.ps1
.EXAMPLE
    ./tests/pester/Invoke-Tests.ps1 -Path tests/pester/Get-DcApiToken.Tests.ps1
.EXAMPLE
    ./tests/pester/Invoke-Tests.ps1 -Package output/DeepsetCloud.0.1.0.nupkg -ResultPath TestResults/pester.xml
#>
[CmdletBinding()]
param(
    # The package to test; without it, one is made from this repository.
    [string] $Package,

    # The test files to run; without it, all.
    [string[]] $Path = $PSScriptRoot,

    # Where to write the results in NUnit's format, for a build server.
    [string] $ResultPath,

    # The folder that holds Pester.psd1; without it, Pester is one of the installed modules.
    [string] $Pester,

    # The program of the emulator, already built; without it, it is built.
    [string] $Emulator,

    # Write every result as a line of JSON, after each file, and nothing else: for the runner of "dotnet test".
    [switch] $AsJson,

    # Run nothing, list the tests.
    [switch] $ListOnly
)

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
$work = Join-Path ([System.IO.Path]::GetTempPath()) "DeepsetCloud.Pester.$([guid]::NewGuid().ToString('n'))"

function Invoke-DotNet([string[]] $Arguments) {
    & dotnet @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments failed with exit code $LASTEXITCODE." }
}

# What an installation makes of a package: its content in <name>/<version>, without the parts that belong to the package.
function Expand-Package([string] $File, [string] $Destination) {
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::ExtractToDirectory($File, $Destination)
    foreach ($part in '_rels', 'package', '[Content_Types].xml', 'DeepsetCloud.nuspec') {
        Remove-Item -LiteralPath (Join-Path $Destination $part) -Recurse -Force
    }
}

. (Join-Path $PSScriptRoot 'Support/PowerShellCommand.ps1')

$environment = @{}
$result = $null
try {
    $null = New-Item -ItemType Directory -Path $work
    if (-not $Package) {
        Invoke-DotNet 'build', (Join-Path $root 'src/DeepsetCloud.PowerShell'), '-t:Package', "-p:PackageOutput=$work", '--nologo', '-v:quiet'
        $Package = Join-Path $work '*.nupkg'
    }
    if (-not $Emulator) {
        Invoke-DotNet 'build', (Join-Path $root 'tests/DeepsetCloud.Emulator'), '--nologo', '-v:quiet'
        $Emulator = Join-Path $root 'artifacts/bin/DeepsetCloud.Emulator/debug/DeepsetCloud.Emulator.dll'
    }

    $file = @(Get-Item $Package)
    if ($file.Count -ne 1) { throw "There must be one package, but there are $($file.Count): $file" }
    if ($file[0].Name -notmatch '^DeepsetCloud\.(?<version>\d+\.\d+\.\d+)(-\w+)?\.nupkg$') { throw "This is not the package of the module: $file" }
    $modules = Join-Path $work 'Modules'
    Expand-Package $file[0].FullName (Join-Path $modules "DeepsetCloud/$($Matches.version)")

    # A developer's own key and address must not reach the tests.
    $environment = @{
        PSModulePath                = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
        DEEPSETCLOUD_TEST_PACKAGE   = $file[0].FullName
        DEEPSETCLOUD_TEST_MODULE    = Join-Path $modules "DeepsetCloud/$($Matches.version)/DeepsetCloud.psd1"
        DEEPSETCLOUD_EMULATOR       = $Emulator
        DEEPSET_API_KEY             = $null
        DEEPSET_API_URL             = $null
        POWERSHELL_TELEMETRY_OPTOUT = '1'
    }
    foreach ($name in @($environment.Keys)) {
        $before = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $environment[$name])
        $environment[$name] = $before
    }

    $summary = Join-Path $work 'summary.json'
    $files = ($Path | ForEach-Object { (Resolve-Path $_).ProviderPath }) -join [System.IO.Path]::PathSeparator
    $program, $options = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive'
    if ($env:OS -eq 'Windows_NT') { $options += '-ExecutionPolicy', 'Bypass' }
    $options += '-File', (Join-Path $PSScriptRoot 'Support/Invoke-InChild.ps1'), '-Files', $files, '-Summary', $summary
    if ($Pester) { $options += '-Pester', $Pester }
    if ($ResultPath) { $options += '-ResultPath', $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath) }
    if ($AsJson) { $options += '-AsJson' }
    if ($ListOnly) { $options += '-ListOnly' }
    & $program @options
    if (Test-Path $summary) { $result = Get-Content $summary -Raw | ConvertFrom-Json }
}
finally {
    foreach ($name in $environment.Keys) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
}

if (-not $result) { throw 'The tests did not come to a result.' }
if ($AsJson -or $ListOnly) { exit }
"Pester: $($result.Passed) passed, $($result.Failed) failed, $($result.Skipped) skipped"
exit [int]($result.Failed -gt 0 -or $result.Passed -eq 0)
