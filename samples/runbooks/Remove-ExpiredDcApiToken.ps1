<#
.SYNOPSIS
    Removes the API tokens of deepset Cloud that have expired.
.DESCRIPTION
    Lists the tokens of one or several organizations and removes those whose expiry has passed, several at once.
    Tokens that never expire are left alone. For every token removed it writes an object.

    One token or organization that fails does not keep the others from being done. The errors are written at the end,
    and then the runbook fails, so that a job or a pipeline step fails with it.

    Removing takes the token of a signed-in user: the service refuses it to API keys. Whether a token has expired is
    judged by the clock of this computer; -GraceDays keeps a distance from it.
.PARAMETER GraceDays
    Removes only tokens that expired at least this many days ago.
.PARAMETER Name
    Removes only tokens with such a name. Wildcards are allowed.
.PARAMETER ThrottleLimit
    How many removals are under way at once.
.PARAMETER Session
    The sessions to use, one for each organization. Without any, the default session or $env:DEEPSET_API_KEY is used.
.PARAMETER ApiKey
    The token of a signed-in user. The runbook connects with it and disconnects at its end.
.PARAMETER Credential
    A credential whose password is the token of a signed-in user.
.PARAMETER AutomationAsset
    The name of a credential or variable in Azure Automation that holds the token of a signed-in user.
.PARAMETER AssetType
    What -AutomationAsset names: Credential or Variable.
.PARAMETER Region
    The region to connect to, EU or US.
.PARAMETER BaseUri
    The address to connect to, where it is neither region's.
.OUTPUTS
    DeepsetCloud.RemovedApiToken
.EXAMPLE
    ./Remove-ExpiredDcApiToken.ps1 -WhatIf
    Shows which tokens would be removed, and removes none.
.EXAMPLE
    ./Remove-ExpiredDcApiToken.ps1 -GraceDays 30 -Name 'ci-*'
    Removes the tokens of the CI that expired a month ago or earlier.
.EXAMPLE
    ./Remove-ExpiredDcApiToken.ps1 -Session $eu, $us
    Cleans up in two organizations. Each session comes from Connect-DcSession -PassThru.
.EXAMPLE
    ./Remove-ExpiredDcApiToken.ps1 -AutomationAsset 'deepset-admin' -Region US
    In Azure Automation: signs in with the credential asset of that name.
.LINK
    Get-DcApiToken
.LINK
    Remove-DcApiToken
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Session')]
[OutputType('DeepsetCloud.RemovedApiToken')]
param(
    [ValidateRange(0, 36500)]
    [int] $GraceDays = 0,

    [ValidateNotNullOrEmpty()]
    [SupportsWildcards()]
    [string] $Name = '*',

    [ValidateRange(1, 256)]
    [int] $ThrottleLimit = 5,

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

if (-not (Get-Module -Name DeepsetCloud)) { Import-Module -Name DeepsetCloud -ErrorAction Stop }
$limit = [System.DateTimeOffset]::UtcNow.AddDays(-$GraceDays)
$opened = [System.Collections.Generic.List[object]]::new()
$failures = [System.Collections.Generic.List[object]]::new()
try {
    foreach ($organization in Get-RunbookSession $PSBoundParameters $opened) {
        $failed = $null
        try {
            Get-DcApiToken -Session $organization -ErrorAction Stop |
                Where-Object { $_.IsExpired -and $_.ExpiresAt -le $limit -and $_.Name -like $Name } |
                Remove-DcApiToken -PassThru -ThrottleLimit $ThrottleLimit -ErrorAction SilentlyContinue -ErrorVariable failed |
                ForEach-Object {
                    [pscustomobject] @{
                        PSTypeName   = 'DeepsetCloud.RemovedApiToken'
                        Organization = Get-OrganizationName $organization
                        Name         = $_.Name
                        ApiTokenId   = $_.ApiTokenId
                        Owner        = [string] $_.User
                        ExpiresAt    = $_.ExpiresAt
                    }
                }
        }
        catch {
            # What ends the work at one organization says nothing of the next one.
            if (-not $failed) { $failures.Add($_) }
        }
        # What ended the command is in there as an exception.
        foreach ($failure in $failed) { $failures.Add($(if ($failure -is [System.Exception]) { $failure.ErrorRecord } else { $failure })) }
    }
    foreach ($record in $failures) { $PSCmdlet.WriteError($record) }
    if ($failures.Count -gt 0) {
        throw (Get-Failure 'ExpiredTokensRemain' "Not all expired API tokens could be removed: $($failures.Count) error(s), see above." -Category NotSpecified -Target $null)
    }
}
catch {
    $PSCmdlet.ThrowTerminatingError($_)
}
finally {
    foreach ($own in $opened) { Disconnect-DcSession -Session $own }
}
