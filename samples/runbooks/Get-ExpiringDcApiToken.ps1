<#
.SYNOPSIS
    Reports the API tokens of deepset Cloud that expire soon: as objects, as a CSV file, as a page.
.DESCRIPTION
    Lists the tokens of one or several organizations and writes those that expire within some days, the next one first.
    -CsvPath and -HtmlPath write the same to files, too.

    If an organization cannot be read, the tokens of the others are written all the same, but no file is, since a report
    that lacks an organization would look complete. The errors follow, and then the runbook fails.

    Names of tokens come from people. In the CSV file no cell can act as a formula, and the page shows them as text.
    An API key is enough to make the report.
.PARAMETER Days
    How many days to look ahead.
.PARAMETER IncludeExpired
    Reports tokens that have expired already, too.
.PARAMETER Name
    Reports only tokens with such a name. Wildcards are allowed.
.PARAMETER CsvPath
    A file to write as CSV (UTF-8, commas). What is there is replaced.
.PARAMETER HtmlPath
    A file to write as a page for browsers and mail. What is there is replaced.
.PARAMETER Session
    The sessions to use, one for each organization. Without any, the default session or $env:DEEPSET_API_KEY is used.
.PARAMETER ApiKey
    The key to connect with. The runbook disconnects at its end.
.PARAMETER Credential
    A credential whose password is the key.
.PARAMETER AutomationAsset
    The name of a credential or variable in Azure Automation that holds the key.
.PARAMETER AssetType
    What -AutomationAsset names: Credential or Variable.
.PARAMETER Region
    The region to connect to, EU or US.
.PARAMETER BaseUri
    The address to connect to, where it is neither region's.
.OUTPUTS
    DeepsetCloud.ExpiringApiToken
.EXAMPLE
    ./Get-ExpiringDcApiToken.ps1 -Days 14
    The tokens that expire within two weeks, as objects.
.EXAMPLE
    ./Get-ExpiringDcApiToken.ps1 -Session $eu, $us -IncludeExpired -HtmlPath ./tokens.html
    A page about two organizations, with what has expired already.
.EXAMPLE
    ./Get-ExpiringDcApiToken.ps1 -AutomationAsset 'deepset-key' -AssetType Variable -CsvPath ./tokens.csv
    In Azure Automation: signs in with an encrypted variable and writes a file.
.LINK
    Get-DcApiToken
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Session')]
[OutputType('DeepsetCloud.ExpiringApiToken')]
param(
    [ValidateRange(0, 36500)]
    [int] $Days = 30,

    [switch] $IncludeExpired,

    [ValidateNotNullOrEmpty()]
    [SupportsWildcards()]
    [string] $Name = '*',

    [ValidateNotNullOrEmpty()]
    [string] $CsvPath,

    [ValidateNotNullOrEmpty()]
    [string] $HtmlPath,

    # By name: the type itself is not known yet where the module is imported by the runbook.
    [Parameter(ParameterSetName = 'Session')]
    [ValidateNotNullOrEmpty()]
    [PSTypeName('DeepsetCloud.DcSession')]
    [object[]] $Session,

    [Parameter(ParameterSetName = 'ApiKey', Mandatory)]
    [ValidateNotNull()]
    [securestring] $ApiKey,

    [Parameter(ParameterSetName = 'Credential', Mandatory)]
    [ValidateNotNull()]
    [pscredential] $Credential,

    [Parameter(ParameterSetName = 'Asset', Mandatory)]
    [ValidateNotNullOrEmpty()]
    [string] $AutomationAsset,

    [Parameter(ParameterSetName = 'Asset')]
    [ValidateSet('Credential', 'Variable')]
    [string] $AssetType = 'Credential',

    [Parameter(ParameterSetName = 'ApiKey')]
    [Parameter(ParameterSetName = 'Credential')]
    [Parameter(ParameterSetName = 'Asset')]
    [ValidateSet('EU', 'US')]
    [string] $Region,

    [Parameter(ParameterSetName = 'ApiKey')]
    [Parameter(ParameterSetName = 'Credential')]
    [Parameter(ParameterSetName = 'Asset')]
    [ValidateNotNullOrEmpty()]
    [string] $BaseUri
)

# Only commands of the core engine and .NET classes are used: runs in any host, and starts fast.
Set-StrictMode -Version 3.0

#region Sign-in: the same lines in every runbook, since a runbook is one file
# Says what went wrong, with an id to catch it by.
function Get-Failure {
    param([string] $Id, [string] $Message, [System.Management.Automation.ErrorCategory] $Category, [object] $Target)
    [System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new($Message), $Id, $Category, $Target)
}

# Reads the key that an asset of Azure Automation holds, as an argument of Connect-DcSession.
function Get-AssetArgument {
    param([string] $Asset, [string] $Type)
    $reader = if ($Type -eq 'Variable') { 'Get-AutomationVariable' } else { 'Get-AutomationPSCredential' }
    if (-not (Get-Command -Name $reader -ErrorAction SilentlyContinue)) {
        throw (Get-Failure 'NoAutomationAssets' "There is no command ${reader}: assets exist in Azure Automation only." -Category NotInstalled -Target $Asset)
    }
    $value = & $reader -Name $Asset
    if (-not $value) {
        throw (Get-Failure 'AutomationAssetNotFound' "Azure Automation has no $Type '$Asset', or it is empty." -Category ObjectNotFound -Target $Asset)
    }
    if ($Type -eq 'Variable') { @{ ApiKey = [System.Net.NetworkCredential]::new('', [string] $value).SecurePassword } }
    else { @{ Credential = $value } }
}

# The sessions to work with. What is opened here is added to Opened, for the end to close it.
function Get-RunbookSession {
    param([System.Collections.IDictionary] $Bound, [System.Collections.Generic.List[object]] $Opened)
    if ($Bound.ContainsKey('Session')) { return $Bound['Session'] }
    $argument = if ($Bound.ContainsKey('AutomationAsset')) { Get-AssetArgument $AutomationAsset $AssetType } else { @{} }
    foreach ($parameter in 'ApiKey', 'Credential', 'Region', 'BaseUri') {
        if ($Bound.ContainsKey($parameter)) { $argument[$parameter] = $Bound[$parameter] }
    }
    if ($argument.Count -eq 0 -and ($default = Get-DcSession)) { return $default }
    # The caller's default session stays what it is.
    $own = Connect-DcSession @argument -NoDefault -PassThru
    $Opened.Add($own)
    $own
}

# What to call the organization of a session.
function Get-OrganizationName {
    param([object] $Of)
    if ($Of.Organization) { $Of.Organization.Name } else { $Of.BaseUri.Host }
}
#endregion

# One line, without characters that are not seen or that turn the direction of what follows.
function Get-PlainText {
    param([object] $Value)
    $text = if ($Value -is [System.DateTimeOffset]) { $Value.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
    else { [System.Convert]::ToString($Value, [cultureinfo]::InvariantCulture) }
    $text -replace '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+', ' '
}

# A spreadsheet runs a cell that begins with one of these characters, wide forms included. It may also cut at other
# separators than the comma, so what follows one is guarded like a beginning.
function Get-CsvCell {
    param([object] $Value)
    $text = Get-PlainText $Value
    if ($Value -is [string]) { $text = $text -replace '(^|[;,|"''])(\s*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])', '$1$2''' }
    '"' + $text.Replace('"', '""') + '"'
}

function ConvertTo-CsvText {
    param([object[]] $Row, [string[]] $Column)
    $text = [System.Text.StringBuilder]::new()
    $null = $text.Append([string]::Join(',', $Column)).Append("`r`n")
    foreach ($entry in $Row) {
        $cells = foreach ($property in $Column) { Get-CsvCell $entry.$property }
        $null = $text.Append([string]::Join(',', [string[]] $cells)).Append("`r`n")
    }
    $text.ToString()
}

function ConvertTo-Page {
    param([object[]] $Row, [string[]] $Column, [string] $Title, [string] $Summary)
    $text = [System.Text.StringBuilder]::new()
    $null = $text.Append(@'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width" />
<style>
:root { color-scheme: light dark; --expired: #b3261e; --expiring: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --expired: #ff8a80; --expiring: #ffc46b; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.id { font-family: ui-monospace, monospace; font-size: .85em; }
.Expired { color: var(--expired); font-weight: 600; }
.Expiring { color: var(--expiring); }
</style>

'@.Replace("`r`n", "`n"))
    $null = $text.Append("<title>$Title</title>`n</head>`n<body>`n<h1>$Title</h1>`n<p>$Summary</p>`n<table>`n<thead><tr>")
    foreach ($property in $Column) { $null = $text.Append("<th>$property</th>") }
    $null = $text.Append("</tr></thead>`n<tbody>`n")
    $class = @{ ApiTokenId = 'id'; DaysLeft = 'number' }
    foreach ($entry in $Row) {
        $null = $text.Append('<tr>')
        foreach ($property in $Column) {
            $style = if ($property -eq 'State') { $entry.State } else { $class[$property] }
            $null = $text.Append("<td class=`"$style`">").Append([System.Net.WebUtility]::HtmlEncode((Get-PlainText $entry.$property))).Append('</td>')
        }
        $null = $text.Append("</tr>`n")
    }
    $text.Append("</tbody>`n</table>`n</body>`n</html>`n").ToString()
}

# Written beside its place and then moved: a reader never meets half a report.
function Write-Report {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Path, [string] $Text, [System.Text.Encoding] $Encoding)
    $place = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    if (-not $PSCmdlet.ShouldProcess($place, 'Write the report')) { return }
    $draft = $place + '.' + [guid]::NewGuid().ToString('n')
    try {
        [System.IO.File]::WriteAllText($draft, $Text, $Encoding)
        if ([System.IO.File]::Exists($place)) { [System.IO.File]::Replace($draft, $place, [NullString]::Value) }
        else { [System.IO.File]::Move($draft, $place) }
    }
    finally {
        [System.IO.File]::Delete($draft)
    }
}

if (-not (Get-Module -Name DeepsetCloud)) { Import-Module -Name DeepsetCloud -ErrorAction Stop }
$now = [System.DateTimeOffset]::UtcNow
$limit = $now.AddDays($Days)
$opened = [System.Collections.Generic.List[object]]::new()
$failures = [System.Collections.Generic.List[object]]::new()
try {
    $found = foreach ($organization in Get-RunbookSession $PSBoundParameters $opened) {
        try {
            # A comparison with no expiry at all would be true.
            Get-DcApiToken -Session $organization -ErrorAction Stop |
                Where-Object { $null -ne $_.ExpiresAt -and $_.ExpiresAt -le $limit -and $_.Name -like $Name } |
                Where-Object { $IncludeExpired -or $_.ExpiresAt -gt $now } |
                ForEach-Object {
                    # Plus 0.0, since -0.04 rounds to a zero with a sign.
                    [pscustomobject] @{
                        PSTypeName   = 'DeepsetCloud.ExpiringApiToken'
                        State        = if ($_.ExpiresAt -le $now) { 'Expired' } else { 'Expiring' }
                        DaysLeft     = [System.Math]::Round(($_.ExpiresAt - $now).TotalDays, 1) + 0.0
                        ExpiresAt    = $_.ExpiresAt
                        Name         = $_.Name
                        Owner        = [string] $_.User
                        Type         = [string] $_.Type
                        Organization = Get-OrganizationName $organization
                        ApiTokenId   = $_.ApiTokenId
                    }
                }
        }
        catch {
            # What ends the work at one organization says nothing of the next one.
            $failures.Add($_)
        }
    }
    # By expiry; those of the same instant stay in the order of the listing.
    $sorted = [System.Collections.Generic.SortedDictionary[string, object]]::new([System.StringComparer]::Ordinal)
    foreach ($row in $found) { $sorted.Add(('{0:d20} {1:d10}' -f $row.ExpiresAt.UtcTicks, $sorted.Count), $row) }
    $rows = [object[]] @($sorted.Values)

    $columns = 'State', 'DaysLeft', 'ExpiresAt', 'Name', 'Owner', 'Type', 'Organization', 'ApiTokenId'
    if ($failures.Count -eq 0 -and $CsvPath) {
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        Write-Report -Path $CsvPath -Text (ConvertTo-CsvText $rows $columns) -Encoding ([System.Text.UTF8Encoding]::new($true))
    }
    if ($failures.Count -eq 0 -and $HtmlPath) {
        $expired = @($rows | Where-Object { $_.State -eq 'Expired' }).Count
        $summary = "$($rows.Count - $expired) expiring, $expired expired. As of $($now.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)) UTC."
        if (-not $IncludeExpired) { $summary = $summary.Replace(", $expired expired", '') }
        $page = ConvertTo-Page $rows $columns -Title "API tokens that expire within $Days days" -Summary $summary
        Write-Report -Path $HtmlPath -Text $page -Encoding ([System.Text.UTF8Encoding]::new($false))
    }

    $rows
    foreach ($record in $failures) { $PSCmdlet.WriteError($record) }
    if ($failures.Count -gt 0) {
        throw (Get-Failure 'ReportIncomplete' "The report is not complete: $($failures.Count) organization(s) could not be read, see above. No file was written." -Category NotSpecified -Target $null)
    }
}
catch {
    $PSCmdlet.ThrowTerminatingError($_)
}
finally {
    foreach ($own in $opened) { Disconnect-DcSession -Session $own }
}
