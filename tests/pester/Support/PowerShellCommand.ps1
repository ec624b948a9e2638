# The command that starts another PowerShell like the one that this runs in: a program, and what has to come before its options.
function Get-PowerShellCommand {
    # As a .NET tool, PowerShell is a library that the program dotnet runs.
    $library = Join-Path $PSHOME 'pwsh.dll'
    $running = (Get-Process -Id $PID).Path
    if ([System.IO.Path]::GetFileNameWithoutExtension($running) -eq 'dotnet') { return $running, $library }

    $name = if ($PSVersionTable.PSEdition -eq 'Core') { 'pwsh' } else { 'powershell' }
    $program = @("$name.exe", $name | ForEach-Object { Join-Path $PSHOME $_ } | Where-Object { Test-Path -LiteralPath $_ -PathType Leaf })
    if (-not $program) { throw "There is no $name in $PSHOME." }
    return $program[0]
}
