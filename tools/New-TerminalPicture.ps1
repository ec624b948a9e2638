<#
.SYNOPSIS
    Renders docs/quickstart.svg, the terminal picture in the README, from what the Quickstart really prints.
.DESCRIPTION
    Runs the Quickstart and draws its output as an SVG: no screenshot, nothing typed by hand.
.EXAMPLE
    dotnet run --project samples/Quickstart -- tools/New-TerminalPicture.ps1
    Needs the .NET SDK only. In PowerShell 7, run the script itself.
#>
[CmdletBinding()]
param(
    # Where the picture goes.
    [string] $Path
)

$ErrorActionPreference = 'Stop'
$root = [System.IO.Path]::GetDirectoryName($PSScriptRoot)
if (-not $Path) { $Path = [System.IO.Path]::Combine($root, 'docs', 'quickstart.svg') }

function Get-QuickstartOutput {
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = 'run --no-build --project samples/Quickstart'
    $start.WorkingDirectory = $root
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $text = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "The Quickstart failed:`n$text" }
    $text
}

function ConvertTo-Span {
    param([string] $Line, [bool] $IsError)
    $text = [System.Net.WebUtility]::HtmlEncode($Line)
    if ($Line -like '# *') { return "<tspan class='comment'>$text</tspan>" }
    if ($Line -like 'PS> *') { return "<tspan class='prompt'>PS&gt;</tspan>" + $text.Substring(6) }
    if ($Line -match '^(ApiTokenId|BaseUri|-{4,}) ') { return "<tspan class='head'>$text</tspan>" }
    if ($IsError) { return "<tspan class='error'>$text</tspan>" }
    $text = $text -replace '(?<= )(expired)(?= )', "<tspan class='error'>`$1</tspan>"
    $text -replace '^([A-Z]\w+ +:)', "<tspan class='head'>`$1</tspan>"
}

$width = 118
$lines = [System.Collections.Generic.List[string]]::new()
$isError = $false
foreach ($line in (Get-QuickstartOutput) -split '\r?\n') {
    # Two empty lines say no more than one.
    if ($line -eq '' -and ($lines.Count -eq 0 -or $lines[$lines.Count - 1] -eq '')) { continue }
    if ($line -match '^(#|PS> )') { $isError = $false }
    if ($line -match '^\S+-Dc\w+: ') { $isError = $true; $line = $line -replace ': /.*[\\/]samples', ': samples' }
    for ($rest = $line; $true; $rest = $rest.Substring($width)) {
        if ($rest.Length -le $width) { $lines.Add((ConvertTo-Span $rest $isError)); break }
        $lines.Add((ConvertTo-Span $rest.Substring(0, $width) $isError))
    }
}
while ($lines.Count -gt 0 -and $lines[$lines.Count - 1] -eq '') { $lines.RemoveAt($lines.Count - 1) }

$step = 18
$height = 56 + $step * $lines.Count
$y = 52
$body = foreach ($line in $lines) {
    "<text x='16' y='$y' xml:space='preserve'>$line</text>"
    $y += $step
}
$svg = @"
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 $height" role="img" aria-label="The Quickstart in a terminal">
<style>
text { font: 13px ui-monospace, SFMono-Regular, Consolas, 'DejaVu Sans Mono', monospace; fill: #d4d4d4; white-space: pre }
.comment { fill: #7fa96b } .prompt { fill: #6cb6ff } .head { fill: #8ddb8c } .error { fill: #ff7b72 }
</style>
<rect width="960" height="$height" rx="8" fill="#1e1e1e"/>
<circle cx="20" cy="18" r="6" fill="#ff5f57"/><circle cx="40" cy="18" r="6" fill="#febc2e"/><circle cx="60" cy="18" r="6" fill="#28c840"/>
$($body -join "`n")
</svg>
"@
[System.IO.File]::WriteAllText($Path, ($svg -replace '\r\n', "`n") + "`n")
"The picture is in $Path."
