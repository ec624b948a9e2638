# What all test files need: the module of the package, an emulator of the service, and a few ways to look at things.

if (-not $env:DEEPSETCLOUD_TEST_MODULE) {
    throw 'The tests run against the package. Run tests/pester/Invoke-Tests.ps1, with -Path for a single file.'
}

. $PSScriptRoot/PowerShellCommand.ps1

# Starts an emulator of the service for the caller, with so many tokens in it.
function Open-Emulator {
    param([int] $Tokens = 0, [string] $Options = '')

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = "`"$env:DEEPSETCLOUD_EMULATOR`" --exit-with-stdin --tokens $Tokens $Options"
    $start.RedirectStandardOutput = $start.RedirectStandardInput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $uri = $plain = $null
    while (-not ($uri -and $plain)) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The emulator did not start.' }
        if ($line -match '^Listening on (\S+)') { $uri = $Matches[1] }
        if ($line -match '^Bearer token of .*: (\S+)$') { $plain = $Matches[1] }
    }

    [pscustomobject]@{ Process = $process; BaseUri = $uri; PlainKey = $plain; Key = ConvertTo-Secret $plain }
}

function Close-Emulator {
    param([Parameter(Mandatory)] $Emulator)

    $Emulator.Process.StandardInput.Close()
    if (-not $Emulator.Process.WaitForExit(30000)) { throw 'The emulator did not end.' }
}

# Forgets all tokens, makes new ones, and counts from zero.
function Reset-Emulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Only a test can mean it.')]
    param([Parameter(Mandatory)] $Emulator, [int] $Tokens = 0)

    foreach ($command in "seed $Tokens", 'clear') {
        $answer = Invoke-EmulatorCommand $Emulator $command
        if ($answer -ne 'ok') { throw "The emulator answered '$answer' to '$command'." }
    }
    $Emulator | Add-Member -NotePropertyName CreatedBefore -NotePropertyValue (Get-EmulatorCount $Emulator).created -Force
}

# What the emulator counted: requests, tokens, created and more.
function Get-EmulatorCount {
    param([Parameter(Mandatory)] $Emulator)

    Invoke-EmulatorCommand $Emulator 'stats' | ConvertFrom-Json
}

function Invoke-EmulatorCommand {
    param([Parameter(Mandatory)] $Emulator, [Parameter(Mandatory)] [string] $Command)

    $Emulator.Process.StandardInput.WriteLine($Command)
    $Emulator.Process.StandardInput.Flush()
    $Emulator.Process.StandardOutput.ReadLine()
}

function ConvertTo-Secret {
    param([Parameter(Mandatory)] [string] $Text)

    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}

function ConvertFrom-Secret {
    param([Parameter(Mandatory)] [securestring] $Secret)

    [System.Net.NetworkCredential]::new('', $Secret).Password
}

# Every way in which PowerShell turns an object into text, by name.
$script:Views = [ordered]@{
    'Out-String'                = { $_ | Out-String -Width 500 }
    'Format-List * -Force'      = { $_ | Format-List * -Force | Out-String -Width 500 }
    'Format-Table * -Force'     = { $_ | Format-Table * -Force | Out-String -Width 5000 }
    'Format-Custom * -Force'    = { $_ | Format-Custom * -Force -Depth $depth | Out-String -Width 500 }
    'ConvertTo-Json'            = { $_ | ConvertTo-Json -Depth $depth -WarningAction Ignore }
    'ConvertTo-Csv'             = { $_ | ConvertTo-Csv | Out-String }
    'ConvertTo-Html'            = { $_ | ConvertTo-Html | Out-String }
    'ConvertTo-Xml'             = { ($_ | ConvertTo-Xml -Depth $depth).OuterXml }
    'Export-Clixml'             = { [System.Management.Automation.PSSerializer]::Serialize($_, $depth) }
    'a string'                  = { "$_" }
    'Select-Object *'           = { $_ | Select-Object * | Out-String -Width 5000 }
    'Get-Member -Force'         = { $_ | Get-Member -Force | Out-String -Width 5000 }
    'the extended type members' = { $_.PSObject.Members | Out-String -Width 5000 }
}

function Get-ViewName {
    $script:Views.Keys
}

function Show-InView {
    param([Parameter(Mandatory)] $InputObject, [Parameter(Mandatory)] [string] $View, [int] $Depth = 5)

    $script:depth = $Depth
    $text = $InputObject | ForEach-Object $script:Views[$View]
    if (-not $text) { throw "$View shows nothing at all." }
    $text
}

# All properties of an object, hidden ones included.
function Get-PropertyName {
    param([Parameter(Mandatory)] $InputObject)

    # PowerShell gives every object a hidden pstypenames.
    ($InputObject | Get-Member -Force -MemberType Properties | Where-Object Name -NE 'pstypenames').Name
}

# Runs a script in a PowerShell of its own that has the module, with lines for what it asks.
function Invoke-InNewShell {
    param([Parameter(Mandatory)] [string] $Script, [string[]] $Answer = @(), [switch] $NonInteractive)

    $program, $library = Get-PowerShellCommand
    $start = [System.Diagnostics.ProcessStartInfo]::new($program)
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'; $Script"))
    $quoted = if ($library) { "`"$library`"" }
    $start.Arguments = "$quoted -NoProfile -OutputFormat Text $(if ($NonInteractive) { '-NonInteractive' }) -EncodedCommand $encoded"
    $start.RedirectStandardOutput = $start.RedirectStandardInput = $start.RedirectStandardError = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $errors = $process.StandardError.ReadToEndAsync()
    $Answer | ForEach-Object { $process.StandardInput.WriteLine($_) }
    $process.StandardInput.Close()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; Errors = $errors.Result }
}

# Makes a package of a module folder, in the PowerShell that packs a release, whichever one this is. Returns the file.
function New-Package {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Only a test can mean it.')]
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $DestinationPath)

    Push-Location (Join-Path $PSScriptRoot '../../..')
    try {
        $said = & dotnet tool restore 2>&1
        if ($LASTEXITCODE -eq 0) {
            $said = & dotnet tool run pwsh -NoProfile -NonInteractive -File tools/New-Package.ps1 -Path $Path -DestinationPath $DestinationPath 2>&1
        }
        if ($LASTEXITCODE -ne 0) { throw "The package was not made: $($said | Out-String)" }
    }
    finally { Pop-Location }
    (Get-Item (Join-Path $DestinationPath '*.nupkg')).FullName
}

# The texts that completion offers at the end of an input.
function Get-Completion {
    param([Parameter(Mandatory)] [string] $Line)

    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
}

Import-Module $env:DEEPSETCLOUD_TEST_MODULE -Global -Force
