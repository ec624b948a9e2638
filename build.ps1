<#
.SYNOPSIS
    Builds, tests, checks and packs the module: a thin front for people who have PowerShell.
.DESCRIPTION
    Works in Windows PowerShell 5.1 and in PowerShell 7. The work itself is done by the .NET SDK and by the scripts in this
    repository; "dotnet build" and "dotnet test" alone are enough to work on the code. The tasks run in the order in which
    they are given, and the first one that fails ends the run.
.PARAMETER Task
    Build    compiles everything; Import-Module ./DeepsetCloud.psd1 works afterwards.
    Test     dotnet test: all tests, the Pester tests among them.
    Analyze  PSScriptAnalyzer over every PowerShell file, with the settings in this repository, and Test-ModuleManifest.
    Help     makes the help in en-US/ from the Markdown in docs/ (Microsoft.PowerShell.PlatyPS 1.0 or later).
    Package  makes output/DeepsetCloud/<version>/ and output/DeepsetCloud.<version>.nupkg, always of a Release build.
.PARAMETER Configuration
    What Build and Test compile.
.EXAMPLE
    ./build.ps1
    Builds.
.EXAMPLE
    ./build.ps1 -Task Analyze, Package, Test
    All that a pull request has to pass.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Help', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$output = Join-Path $PSScriptRoot 'output'
$manifest = Join-Path $PSScriptRoot 'DeepsetCloud.psd1'
$compile = '--configuration', $Configuration, '--nologo'
$package = $null

function Invoke-DotNet([string[]] $Arguments) {
    & dotnet @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments failed with exit code $LASTEXITCODE." }
}

function Assert-Module([string] $Name, [version] $Version) {
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -GE $Version)) {
        throw "This task needs the module $Name, $Version or later. Install it with: Install-Module $Name -Scope CurrentUser -SkipPublisherCheck"
    }
}

function Invoke-Build {
    Invoke-DotNet (@('build', $PSScriptRoot) + $compile)
}

function Invoke-Test {
    # The folder decides which global.json counts, and that which test platform.
    Push-Location $PSScriptRoot
    try { Invoke-DotNet 'test', '--configuration', $Configuration }
    finally { Pop-Location }
}

function Get-PowerShellFile {
    Get-ChildItem $PSScriptRoot -Exclude artifacts, bin, obj, output | ForEach-Object { Get-ChildItem $_.FullName -Recurse -File } |
        Where-Object { $_.Extension -in '.ps1', '.psm1', '.psd1' -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
}

function Invoke-Analyze {
    Assert-Module PSScriptAnalyzer -Version 1.24.0
    $files = @(Get-PowerShellFile)
    $settings = Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1'
    $findings = @($files | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings })
    if ($findings) {
        $findings | Format-Table Severity, RuleName, ScriptName, Line, Message -AutoSize -Wrap | Out-Host
        throw "PSScriptAnalyzer has $($findings.Count) findings in $($files.Count) files."
    }

    # The manifest names files of the build.
    if (-not (Test-Path (Join-Path $PSScriptRoot 'bin/DeepsetCloud.PowerShell.dll'))) { Invoke-Build }
    $tested = Test-ModuleManifest $manifest -WarningAction Stop
    Write-Host "PSScriptAnalyzer: no findings in $($files.Count) files. Test-ModuleManifest: $($tested.Name) $($tested.Version) is valid."
}

function Invoke-Help {
    $export = Join-Path $PSScriptRoot 'tools/Export-Help.ps1'
    if (-not (Test-Path $export)) { throw "There is no $export, which makes the help." }
    Assert-Module Microsoft.PowerShell.PlatyPS -Version 1.0.0
    & $export | Out-Host
}

function Invoke-Package {
    Invoke-DotNet 'build', (Join-Path $PSScriptRoot 'src/DeepsetCloud.PowerShell'), '-t:Package', "-p:PackageOutput=$output", '--nologo'
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $script:package = (Get-ChildItem $output -Filter "DeepsetCloud.$version*.nupkg" | Sort-Object LastWriteTime | Select-Object -Last 1).FullName
}

foreach ($name in $Task) {
    Write-Host "== $name" -ForegroundColor Cyan
    & "Invoke-$name"
}
