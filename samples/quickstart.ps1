<#
.SYNOPSIS
    The main job in a minute: connect, create, list, find, remove.
.DESCRIPTION
    Works on the service that $env:DEEPSET_API_URL and $env:DEEPSET_API_KEY name. If there is no key, it starts the
    emulator of the service for itself (that takes the .NET SDK). It removes what it has created, and nothing else.
.EXAMPLE
    dotnet run --project samples/Quickstart
    On the emulator, in the PowerShell that this repository pins: no other needs to be installed.
.EXAMPLE
    ./samples/quickstart.ps1
    The same in your own PowerShell, 7 or Windows PowerShell 5.1.
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Each step runs in the scope of the script.')]
param()

$ErrorActionPreference = 'Stop'
$root = [System.IO.Path]::GetDirectoryName($PSScriptRoot)
if (-not (Get-Module DeepsetCloud)) {
    Import-Module ([System.IO.Path]::Combine($root, 'DeepsetCloud.psd1'))
}

# Shows a command, then runs it in the scope of the caller and shows what comes out, as a prompt would. Made of text it
# belongs to no file, as at a prompt: an error does not show a line of this script.
function Step {
    param([string] $Title, [scriptblock] $Command)
    $Host.UI.WriteLine('')
    $Host.UI.WriteLine("# $Title")
    foreach ($line in $Command.ToString().Trim() -split '\r?\n') {
        $Host.UI.WriteLine("PS> $($line.Trim())")
    }
    . ([scriptblock]::Create($Command.ToString().Trim())) 2>&1 | Out-Default
}

function Assert-That {
    param([bool] $Condition, [string] $Expectation)
    if (-not $Condition) { throw "The quickstart did not go as expected: $Expectation" }
}

function Open-Emulator {
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = 'run --project tests/DeepsetCloud.Emulator -- --exit-with-stdin'
    $start.WorkingDirectory = $root
    $start.RedirectStandardOutput = $start.RedirectStandardInput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
        if ($line -match 'Listening on (\S+)') { $env:DEEPSET_API_URL = $Matches[1] }
        if ($line -match 'token.*:\s*(\S+)') { $env:DEEPSET_API_KEY = $Matches[1] }
        if ($env:DEEPSET_API_URL -and $env:DEEPSET_API_KEY) { return $process }
    }
    throw 'The emulator did not start.'
}

$emulator = if (-not $env:DEEPSET_API_KEY) { Open-Emulator }
$prefix = 'tour-' + [guid]::NewGuid().ToString('n').Substring(0, 4)
try {
    . Step 'Connect. The key comes from $env:DEEPSET_API_KEY; -ApiKey takes a SecureString.' {
        Connect-DcSession -PassThru
    }

    . Step 'Create a personal token, a service token, and one that has expired already.' {
        $created = New-DcApiToken -Name "$prefix-laptop" -ExpiresIn 90.00:00:00
        New-DcApiToken -Name "$prefix-pipeline" -Type Service -NeverExpires
        $old = New-DcApiToken -Name "$prefix-old" -ExpiresAt 2024-01-31T12:00Z
    }
    Assert-That ($created.ApiToken.Length -gt 0) 'the new token has a secret.'

    . Step 'List them.' {
        Get-DcApiToken -Name "$prefix-*"
    }

    . Step 'Find the expired ones, and see what removing them would do.' {
        Get-DcApiToken -Name "$prefix-*" | Where-Object IsExpired | Remove-DcApiToken -WhatIf
    }
    Assert-That (@(Get-DcApiToken -Name "$prefix-*").Count -eq 3) '-WhatIf removes nothing.'

    . Step 'Remove them, and list again.' {
        Get-DcApiToken -Name "$prefix-*" | Where-Object IsExpired | Remove-DcApiToken
        Get-DcApiToken -Name "$prefix-*"
    }
    Assert-That (@(Get-DcApiToken -Name "$prefix-*").Count -eq 2) 'the expired token is gone, the others are there.'

    . Step 'An error names what is wrong and what to do.' {
        Remove-DcApiToken 00000000-0000-0000-0000-000000000000 -ErrorAction Continue -ErrorVariable missing
    }
    Assert-That ($missing.FullyQualifiedErrorId -like 'ApiTokenNotFound,*') 'a token that does not exist is an error.'
}
finally {
    # Whatever happened: what was created here goes.
    if (Get-DcSession) {
        Get-DcApiToken -Name "$prefix-*" | Remove-DcApiToken
        Disconnect-DcSession
    }
    if ($emulator) {
        $env:DEEPSET_API_KEY = $env:DEEPSET_API_URL = $null
        $emulator.StandardInput.Close()
        $emulator.WaitForExit()
    }
}
