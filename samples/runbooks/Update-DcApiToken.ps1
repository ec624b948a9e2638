<#
.SYNOPSIS
    Replaces an API token of deepset Cloud by a new one, and puts the new secret into a vault.
.DESCRIPTION
    In this order: creates a new token like the old one; reads with the new key, in a session of its own, to see that it
    works; hands it to the vault; removes the old token. The old token is touched last, once the vault has the new one.

    If the new key does not work, or the vault does not take it, the new token is removed again and nothing has changed.
    Where it is not certain what the vault holds (Ctrl-C in the middle of it), both tokens stay, since either may be in
    use, and the runbook says so. The key is verified before the vault is touched, since a vault may replace the old secret at once. With -VaultName
    the vault is read first (so that a locked one is noticed before anything is created), the stored secret is read back
    and compared, and what the vault held before is put back if something fails.

    If it is not known whether the service has created the token (the answer was lost), the runbook stops: it never
    creates a second one. It says which token to look for. The old token goes on working.

    If only the removal of the old token fails, the new one stays, since the vault holds it; the runbook then fails and
    names the token that is left over.

    The secret is a SecureString all the way. It is in no output, message or log of this runbook. Creating and removing
    take the token of a signed-in user: the service refuses both to API keys.
.PARAMETER Identity
    The id or the exact name of the token to replace. A schedule gives the name, since the id is another one each time.
.PARAMETER StoreSecret
    A script block that stores the secret. It gets the secret (a SecureString) and the created token (name, expiry) as
    arguments. If it did not store the secret, it has to end with an error (-ErrorAction Stop), or with a program's exit
    code other than 0. What it writes is not passed on. One that uses variables of yours needs .GetNewClosure(), since
    the parameters of this runbook hide variables of the same name.
.PARAMETER VaultName
    A vault of the module Microsoft.PowerShell.SecretManagement to store the secret in.
.PARAMETER SecretName
    The name of the secret in that vault; without it, the name of the token.
.PARAMETER NewName
    A new name for the token; without it, the new token has the name of the old one.
.PARAMETER ValidDays
    In how many days the new token expires.
.PARAMETER NeverExpires
    Makes a token that does not expire.
.PARAMETER Type
    Personal or Service; without it, as the old token.
.PARAMETER OrganizationRole
    The role in the organization; without it, as the old token.
.PARAMETER RoleId
    The id of the role; without it, as the old token.
.PARAMETER Workspace
    The workspaces that the new token may access; without it, as the old token.
.PARAMETER AcceptServiceDefaults
    Goes on even if the service does not say which rights the old token has, and lets it choose those of the new one.
.PARAMETER Session
    The session to use. Without one, the default session or $env:DEEPSET_API_KEY is used.
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
    DeepsetCloud.ApiTokenRotation
.EXAMPLE
    ./Update-DcApiToken.ps1 -Identity 'search-backend' -VaultName 'Team' -WhatIf
    Shows what would be replaced.
.EXAMPLE
    ./Update-DcApiToken.ps1 -Identity 'search-backend' -VaultName 'Team' -ValidDays 30
    Replaces the token and stores the new secret under the token's name with SecretManagement.
.EXAMPLE
    ./Update-DcApiToken.ps1 -Identity 'search-backend' -StoreSecret {
        param($Secret, $Token)
        Set-AzKeyVaultSecret -VaultName 'team' -Name $Token.Name -SecretValue $Secret -Expires $Token.ExpiresAt.UtcDateTime -ErrorAction Stop
    }
    Replaces the token and stores the new secret in Azure Key Vault.
.LINK
    New-DcApiToken
.LINK
    Remove-DcApiToken
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Session')]
[OutputType('DeepsetCloud.ApiTokenRotation')]
param(
    [Parameter(Mandatory, Position = 0)]
    [ValidateNotNullOrEmpty()]
    [string] $Identity,

    [ValidateNotNull()]
    [scriptblock] $StoreSecret,

    [ValidateNotNullOrEmpty()]
    [string] $VaultName,

    [ValidateNotNullOrEmpty()]
    [string] $SecretName,

    [ValidateNotNullOrEmpty()]
    [string] $NewName,

    [ValidateRange(1, 36500)]
    [int] $ValidDays = 90,

    [switch] $NeverExpires,

    [ValidateSet('Personal', 'Service')]
    [string] $Type,

    [ValidateSet('Member', 'Admin', 'External')]
    [string] $OrganizationRole,

    [ValidateNotNullOrEmpty()]
    [string] $RoleId,

    [ValidateNotNullOrEmpty()]
    [string[]] $Workspace,

    [switch] $AcceptServiceDefaults,

    # By name: the type itself is not known yet where the module is imported by the runbook.
    [Parameter(ParameterSetName = 'Session')]
    [ValidateNotNull()]
    [PSTypeName('DeepsetCloud.DcSession')]
    [object] $Session,

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

# The one token with this id or this very name.
function Get-OldToken {
    param([object[]] $All, [string] $Wanted)
    $matching = @($All | Where-Object { $_.ApiTokenId -ceq $Wanted })
    if ($matching.Count -eq 0) { $matching = @($All | Where-Object { $_.Name -ceq $Wanted }) }
    if ($matching.Count -eq 0) {
        throw (Get-Failure 'TokenNotFound' "There is no API token with the id or name '$Wanted'. Nothing was changed." -Category ObjectNotFound -Target $Wanted)
    }
    if ($matching.Count -gt 1) {
        $ids = [string]::Join(', ', [string[]] $matching.ApiTokenId)
        throw (Get-Failure 'TokenAmbiguous' "$($matching.Count) API tokens have the name '$Wanted': $ids. Give the id of the one to replace. Nothing was changed." -Category InvalidArgument -Target $Wanted)
    }
    $matching[0]
}

# What to create: like the old token, unless told otherwise. Rights that are not known are no reason to give more.
function Get-Replacement {
    param([object] $Old, [System.Collections.IDictionary] $Bound)
    $new = @{}
    $unknown = foreach ($pair in @('Type', 'Type'), @('OrganizationRole', 'OrganizationRole'), @('Workspace', 'Workspaces')) {
        if ($Bound.ContainsKey($pair[0])) { $new[$pair[0]] = $Bound[$pair[0]] }
        elseif ($null -eq $Old.($pair[1])) { $pair[0] }
        # An empty list of workspaces stands for all of them, which is what the service gives if none is named.
        elseif ($pair[0] -ne 'Workspace' -or $Old.Workspaces.Count -gt 0) { $new[$pair[0]] = $Old.($pair[1]) }
    }
    if ($unknown -and -not $AcceptServiceDefaults) {
        $names = [string]::Join(', ', [string[]] @($unknown | ForEach-Object { "-$_" }))
        throw (Get-Failure 'RightsUnknown' "The service does not say which rights the API token '$Old' has. Give $names for the new one, or -AcceptServiceDefaults. Nothing was changed." -Category InvalidArgument -Target $Old.ApiTokenId)
    }
    $role = if ($Bound.ContainsKey('RoleId')) { $Bound['RoleId'] } else { $Old.RoleId }
    if ($role) { $new['RoleId'] = $role }
    $name = if ($Bound.ContainsKey('NewName')) { $Bound['NewName'] } else { $Old.Name }
    if ($name) { $new['Name'] = $name }
    if ($NeverExpires) { $new['NeverExpires'] = $true } else { $new['ExpiresIn'] = [System.TimeSpan]::FromDays($ValidDays) }
    $new
}

# The tokens that are there now, were not before, and can be the one that was to be created. The answer to a creation
# has the secret only: the id is found by comparing listings.
function Get-Candidate {
    param([object] $In, [System.Collections.Generic.HashSet[string]] $Known, [string] $Name)
    $new = @(Get-DcApiToken -Session $In -ErrorAction Stop | Where-Object { -not $Known.Contains($_.ApiTokenId) })
    $named = @($new | Where-Object { [string] $_.Name -ceq $Name })
    # Older servers send no names at all.
    if ($named.Count -gt 0) { $named } else { $new | Where-Object { $null -eq $_.Name } }
}

# Reads with the new key. Whoever it belongs to may ask who that is, whatever else the key is allowed to do.
function Confirm-Key {
    param([securestring] $Key, [object] $Like)
    $argument = @{
        ApiKey                         = $Key
        BaseUri                        = $Like.BaseUri.AbsoluteUri
        TimeoutSec                     = $Like.TimeoutSec
        MaximumRetryCount              = $Like.MaximumRetryCount
        AllowUnencryptedAuthentication = $Like.BaseUri.Scheme -eq 'http'
    }
    $second = Connect-DcSession @argument -NoDefault -PassThru -WarningAction SilentlyContinue -WarningVariable warning
    try {
        if ($null -eq $second.User) { throw (Get-Failure 'KeyNotVerified' "A read with the new key failed. $warning" -Category InvalidResult -Target $Like) }
    }
    finally {
        Disconnect-DcSession -Session $second
    }
}

function Get-PlainText {
    param([securestring] $Secret)
    [System.Net.NetworkCredential]::new('', $Secret).Password
}

# What the vault holds now, to be put back if need be; $null if nothing. A vault that cannot be read ends the runbook
# before anything is created.
function Get-StoredSecret {
    param([string] $Vault, [string] $Name)
    if (-not (Get-Command Get-SecretInfo -ErrorAction Ignore)) {
        throw (Get-Failure 'VaultModuleMissing' '-VaultName needs the module Microsoft.PowerShell.SecretManagement. Install it, or give -StoreSecret. Nothing was changed.' -Category NotInstalled -Target $Vault)
    }
    $pattern = [System.Management.Automation.WildcardPattern]::Escape($Name)
    if (Get-SecretInfo -Vault $Vault -Name $pattern -ErrorAction Stop) { Get-Secret -Vault $Vault -Name $Name -ErrorAction Stop }
}

# Hands the secret over. Not to be called twice: a vault may keep versions.
function Push-Secret {
    param([object] $Created)
    if (-not $StoreSecret) {
        Set-Secret -Vault $VaultName -Name $SecretName -SecureStringSecret $Created.ApiToken -Confirm:$false -ErrorAction Stop
        $stored = Get-Secret -Vault $VaultName -Name $SecretName -ErrorAction Stop
        if ($stored -isnot [securestring] -or (Get-PlainText $stored) -cne (Get-PlainText $Created.ApiToken)) {
            throw (Get-Failure 'SecretNotStored' "The vault '$VaultName' returns another secret than the one that was stored." -Category InvalidResult -Target $SecretName)
        }
        return
    }
    $variables = $ExecutionContext.SessionState.PSVariable
    $variables.Set('global:LASTEXITCODE', 0)
    # Not this runbook's strict mode: the script block was not written for it.
    $null = & { Set-StrictMode -Off; $ErrorActionPreference = 'Stop'; & $args[0] $args[1] $args[2] } $StoreSecret $Created.ApiToken $Created
    if ($variables.GetValue('global:LASTEXITCODE') -ne 0) {
        throw (Get-Failure 'SecretNotStored' "A program that -StoreSecret called ended with exit code $($variables.GetValue('global:LASTEXITCODE'))." -Category InvalidResult -Target $Created.Name)
    }
}

# Takes the creation back, and says in a sentence what is left.
function Undo-Creation {
    param([object] $In, [object] $Created, [string] $Id, [System.Collections.Generic.HashSet[string]] $Known)
    try {
        if (-not $Id) {
            $candidates = @(Get-Candidate -In $In -Known $Known -Name $Created.Name)
            if ($candidates.Count -ne 1) {
                $ids = if ($candidates) { [string]::Join(', ', [string[]] $candidates.ApiTokenId) } else { 'none so far' }
                return "The new token could not be told from others, so it was not removed. Look at these and remove it: $ids."
            }
            $Id = $candidates[0].ApiTokenId
        }
        Remove-DcApiToken -ApiTokenId $Id -Session $In -Confirm:$false -ErrorAction Stop
        'The new token was removed again. The old one was not touched.'
    }
    catch {
        $which = if ($Id) { $Id } else { "with the name '$($Created.Name)'" }
        "The new token $which could not be removed again: $_ Remove it with Remove-DcApiToken. The old one was not touched."
    }
}

# Puts back what the vault held. Returns nothing if that went well, or else what is wrong.
function Undo-Storing {
    param([object] $Previous)
    try {
        if ($null -ne $Previous) { Set-Secret -Vault $VaultName -Name $SecretName -Secret $Previous -Confirm:$false -ErrorAction Stop }
        elseif (Get-StoredSecret $VaultName $SecretName) { Remove-Secret -Vault $VaultName -Name $SecretName -Confirm:$false -ErrorAction Stop }
    }
    catch {
        "The secret '$SecretName' in the vault '$VaultName' could not be set back: $_"
    }
}

if (-not (Get-Module -Name DeepsetCloud)) { Import-Module -Name DeepsetCloud -ErrorAction Stop }
$opened = [System.Collections.Generic.List[object]]::new()
try {
    if ([bool] $StoreSecret -eq [bool] $VaultName) {
        throw (Get-Failure 'VaultRequired' 'Give either -StoreSecret or -VaultName: the new secret has to go somewhere. Nothing was changed.' -Category InvalidArgument -Target $Identity)
    }
    if ($NeverExpires -and $PSBoundParameters.ContainsKey('ValidDays')) {
        throw (Get-Failure 'InvalidExpiry' '-NeverExpires and -ValidDays contradict each other. Nothing was changed.' -Category InvalidArgument -Target $Identity)
    }

    $signedIn = Get-RunbookSession $PSBoundParameters $opened
    $all = @(Get-DcApiToken -Session $signedIn -ErrorAction Stop)
    $known = [System.Collections.Generic.HashSet[string]]::new([string[]] @($all | ForEach-Object { $_.ApiTokenId }))
    $old = Get-OldToken $all $Identity
    $wanted = Get-Replacement $old $PSBoundParameters
    $tokenName = [string] $wanted['Name']
    $previous = $null
    if ($VaultName) {
        if (-not $SecretName -and -not $tokenName) {
            throw (Get-Failure 'SecretNameRequired' 'The token has no name: give -SecretName. Nothing was changed.' -Category InvalidArgument -Target $Identity)
        }
        if (-not $SecretName) { $SecretName = $tokenName }
        $previous = Get-StoredSecret $VaultName $SecretName
    }
    if (-not $PSCmdlet.ShouldProcess("API token '$old' $($old.ApiTokenId) at $($signedIn.BaseUri.Host)", 'Replace')) { return }

    $delivered = $null
    $newId = $null
    $failure = $null
    $isHandedOver = $isVaultTouched = $false
    try {
        # By -OutVariable: it holds the secret as soon as the command has written it, even if Ctrl-C comes right then.
        $null = New-DcApiToken @wanted -Session $signedIn -Confirm:$false -ErrorAction Stop -OutVariable delivered
        $created = $delivered[0]
        $newId = $created.ApiTokenId
        if (-not $newId) {
            $candidates = @(Get-Candidate -In $signedIn -Known $known -Name $tokenName)
            if ($candidates.Count -eq 1) { $newId = $candidates[0].ApiTokenId }
        }
        Confirm-Key $created.ApiToken $signedIn
        $isVaultTouched = $true
        Push-Secret $created
        $isHandedOver = $true
    }
    catch {
        $failure = $_
    }
    finally {
        # Also on the way out by Ctrl-C, and if the script block ends the runbook with exit or break.
        $created = if ($delivered) { $delivered[0] } elseif ($opened.Count -gt 0) { $signedIn.RecoverToken() }
        if ($created -and -not $isHandedOver) {
            $doubt = if (-not $isVaultTouched) { '' }
            elseif ($VaultName) { Undo-Storing $previous }
            # An error says that nothing was stored; a script block that was broken off says nothing.
            elseif (-not $failure) { '-StoreSecret was broken off.' }
            $undone = if ($doubt) {
                "$doubt The vault may hold the new secret, so both tokens were left: the old one, $($old.ApiTokenId), and the new one, $newId. Remove the one whose secret the vault does not hold."
            }
            else { Undo-Creation -In $signedIn -Created $created -Id $newId -Known $known }
            if (-not $failure) { $Host.UI.WriteWarningLine("The API token '$old' was not replaced. $undone") }
        }
    }

    if ($failure -and $created) {
        # A vault's own words may quote what it was given.
        $reason = ([string] $failure).Replace((Get-PlainText $created.ApiToken), '***')
        throw (Get-Failure 'RotationUndone' "The API token '$old' was not replaced: $("$reason".TrimEnd('.')). $undone" -Category OperationStopped -Target $old.ApiTokenId)
    }
    if ($failure) {
        $left = try { @(Get-Candidate -In $signedIn -Known $known -Name $tokenName) } catch { @() }
        if ($left -or $failure.FullyQualifiedErrorId -like 'CreationUncertain,*') {
            $ids = if ($left) { "New with that name: $([string]::Join(', ', [string[]] $left.ApiTokenId))." } else { 'There is none now, but it may still appear.' }
            throw (Get-Failure 'CreationUncertain' "$failure $ids Look with Get-DcApiToken for a token '$tokenName' that is newer than this run, remove it with Remove-DcApiToken, since nobody has its secret, and run again. The old token $($old.ApiTokenId) was not touched, and no second one was created." -Category InvalidResult -Target $old.ApiTokenId)
        }
        throw $failure
    }

    $problem = $null
    try {
        Remove-DcApiToken -InputObject $old -Session $signedIn -Confirm:$false -ErrorAction Stop
    }
    catch {
        # Gone already is what was wanted.
        if ($_.FullyQualifiedErrorId -notlike 'ApiTokenNotFound,*') { $problem = $_ }
    }
    [pscustomobject] @{
        PSTypeName    = 'DeepsetCloud.ApiTokenRotation'
        Name          = $tokenName
        ApiTokenId    = $newId
        ExpiresAt     = $created.ExpiresAt
        OldApiTokenId = $old.ApiTokenId
        IsOldRemoved  = -not $problem
    }
    if ($problem) {
        throw (Get-Failure 'OldTokenRemains' "The new token is stored and works, but the old one is still there: $problem Remove it with: Remove-DcApiToken $($old.ApiTokenId)" -Category InvalidResult -Target $old.ApiTokenId)
    }
}
catch {
    $PSCmdlet.ThrowTerminatingError($_)
}
finally {
    foreach ($own in $opened) { Disconnect-DcSession -Session $own }
}
