BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    Import-Module $PSScriptRoot/Support/HelpPages.psm1
    $script:names = 'Get-ExpiringDcApiToken.ps1', 'Remove-ExpiredDcApiToken.ps1', 'Update-DcApiToken.ps1'

    # What only a cloud or a package registry has.
    $elsewhere = 'Invoke-AzRestMethod', 'New-AzAutomationCredential', 'New-AzAutomationSchedule', 'Register-AzAutomationScheduledRunbook', 'Install-PSResource'
    $script:snippets = @(Get-PageSnippet 'automation.md' | ForEach-Object { @{ Line = $_.Line; Code = $_.Code } })
    $script:runnable = @($snippets | Where-Object Code -NotMatch ($elsewhere -join '|'))
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    Import-Module $PSScriptRoot/Support/EmulatorTokens.psm1
    Import-Module $PSScriptRoot/Support/HelpPages.psm1
    $script:folder = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'samples/runbooks'
    $script:eu = Open-Emulator -Options '--user-token user-token-of-eu'
    $script:us = Open-Emulator -Options '--user-token user-token-of-us'
    $script:atEu = @{ BaseUri = $eu.BaseUri; MaximumRetryCount = 0 }

    # Names that people give on purpose, to make a reader of a report do something. As JSON: this file is plain ASCII.
    $script:hostileNames = ConvertFrom-Json @'
        ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "  =1+1", "\uFF1D1+1", "\u202E=1+1", "x;=1+1", "x,\"=1+1", "x\t@A1",
        "say \"hi\"", "it's", "<script>alert(1)</script>", "</td></tr></table><img src=x onerror=alert(1)>", "&lt;b&gt;", "two\nlines", "emoji \uD83D\uDD11",
        "\u2028line", "$(throw 'run')", "`whoami`"]
'@

    # Runs a runbook as at a prompt, and keeps what it writes. Whatever it does, no key may be in sight.
    function Invoke-Runbook([string] $Name, [hashtable] $With = @{}) {
        $ErrorActionPreference = 'Continue'
        $written = @(try { & (Join-Path $folder $Name) @With -Verbose *>&1 } catch { $_ })
        $errors, $others = $written.Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
        $all = @($written | Out-String -Width 500) + @($errors | ForEach-Object { $_.Exception.ToString(); "$($_.TargetObject)"; "$($_.ErrorDetails)" }) +
        @($others | ForEach-Object { "$_"; [System.Management.Automation.PSSerializer]::Serialize($_, 5) }) -join "`n"
        foreach ($emulator in $eu, $us) { $all | Should -Not -BeLike "*$($emulator.PlainKey)*" }
        [pscustomobject]@{
            Output   = @($others | Where-Object { $_ -isnot [System.Management.Automation.InformationalRecord] })
            ErrorIds = @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
            Failure  = $errors | Select-Object -Last 1
        }
    }

    # What the host shows meanwhile, such as the lines of -WhatIf.
    function Get-Transcript([scriptblock] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript -Path $file
        try { & $Script } finally { $null = Stop-Transcript }
        Get-Content $file -Raw -Encoding UTF8
    }

    function Connect-Eu { Connect-DcSession @atEu -ApiKey $eu.Key }

    # Nobody has this key.
    function Get-RefusedSession { Connect-DcSession @atEu -ApiKey (ConvertTo-Secret 'wrong') -SkipVerification -PassThru }
}

AfterAll {
    Get-DcSession | Disconnect-DcSession
    Close-Emulator $eu
    Close-Emulator $us
}

Describe 'The runbooks' {
    It 'are these three' {
        (Get-ChildItem $folder).Name | Should -Be $names
    }

    Context '<_>' -ForEach $names {
        BeforeAll {
            $script:name = $_
            $script:path = Join-Path $folder $_
            $script:text = [System.IO.File]::ReadAllText($path).Replace("`r`n", "`n")
            $script:tokens = $script:errors = $null
            $script:ast = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$tokens, [ref]$errors)
        }

        It 'is plain ASCII, and has no syntax that Windows PowerShell lacks' {
            # Windows PowerShell reads a file without a mark in the code page of the computer.
            $text | Should -Match '\A[\n -~]+\z'
            $errors | Should -BeNullOrEmpty
            $tokens.Kind | Where-Object { "$_" -match '^(Question.*|AndAnd|OrOr|Clean)$' } | Should -BeNullOrEmpty
        }

        It 'uses commands of the bare engine and of the module alone' {
            $own = $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true).Name
            # The last ones only where they exist, and only if asked for.
            $used = (Get-CommandCall $ast | ForEach-Object { $_.GetCommandName() }) | Where-Object { $_ -and $_ -notin $own -and $_ -notmatch '^(Get|Set|Remove)-Secret(Info)?$' }
            $used | Should -Contain 'Get-DcApiToken'
            (Get-Command ($used | Sort-Object -Unique)).ModuleName | Sort-Object -Unique | Should -Be 'DeepsetCloud', 'Microsoft.PowerShell.Core'
        }

        It 'is strict, asks before it changes something, and says what it writes' {
            $text | Should -BeLike "*`nSet-StrictMode -Version 3.0`n*"
            (Get-Command $path).Parameters.Keys | Should -Contain 'WhatIf'
            (Get-Command $path).OutputType | Should -Not -BeNullOrEmpty
            (Get-Verb).Verb | Should -Contain ($name -split '-')[0]
        }

        It 'signs in with the same lines as the others' {
            $other = [System.IO.File]::ReadAllText((Join-Path $folder 'Remove-ExpiredDcApiToken.ps1')).Replace("`r`n", "`n")
            foreach ($lines in '(?s)#region Sign-in.*?#endregion', "(?s)    \[Parameter\(ParameterSetName = 'ApiKey', Mandatory\)\].*?\[string\] \`$BaseUri") {
                [regex]::Match($text, $lines).Value | Should -Not -BeNullOrEmpty
                [regex]::Match($text, $lines).Value | Should -BeExactly ([regex]::Match($other, $lines).Value)
            }
        }

        It 'has help for everything, with examples that are right' {
            $help = $ast.GetHelpContent()
            $help.Synopsis, $help.Description | Should -Not -BeNullOrEmpty
            @($help.Parameters.Keys | Sort-Object) | Should -Be @($ast.ParamBlock.Parameters.Name.VariablePath.UserPath | Sort-Object)
            $help.Parameters.Values | Should -Not -BeNullOrEmpty
            $help.Examples.Count | Should -BeGreaterOrEqual 3
            foreach ($example in $help.Examples) {
                # The code ends at a line that is prose: it begins with a capital letter and ends with a full stop.
                $code = $example -replace '(\n|^)[A-Z][^\n{}]*\.\s*$'
                Get-CodeFault $code (Get-Command $path) | Should -BeNullOrEmpty
                [regex]::Matches($code, [regex]::Escape("./$name")).Count | Should -Be 1
            }
        }
    }
}

Describe 'Every runbook signs in' {
    BeforeAll {
        $script:runs = @(
            @{ Name = 'Remove-ExpiredDcApiToken.ps1'; With = @{} }
            @{ Name = 'Get-ExpiringDcApiToken.ps1'; With = @{} }
            @{ Name = 'Update-DcApiToken.ps1'; With = @{ Identity = 'app'; StoreSecret = {} } }
        )
        $script:signIn = [pscredential]::new('ignored', $eu.Key)
    }

    AfterEach { Get-DcSession | Disconnect-DcSession }

    Context 'where there are assets' {
        BeforeAll {
            # What exists in Azure Automation only.
            Set-Item function:Get-AutomationPSCredential { param($Name) if ($Name -eq 'deepset-admin') { $signIn } }
            Set-Item function:Get-AutomationVariable { param($Name) if ($Name -eq 'deepset-key') { $eu.PlainKey } }
        }

        It 'with <way>, and leaves the session of its caller alone' -ForEach @(
            @{ Way = 'ApiKey'; With = { @{ ApiKey = $eu.Key } } }
            @{ Way = 'Credential'; With = { @{ Credential = $signIn } } }
            @{ Way = 'a credential asset'; With = { @{ AutomationAsset = 'deepset-admin' } } }
            @{ Way = 'a variable asset'; With = { @{ AutomationAsset = 'deepset-key'; AssetType = 'Variable' } } }
        ) {
            $session = Connect-DcSession -BaseUri $us.BaseUri -ApiKey $us.Key -PassThru
            $before = (Get-EmulatorCount $us).requests
            foreach ($run in $runs) {
                Reset-Emulator $eu
                $null = Add-EmulatorToken $eu @{ name = 'app'; days = 3 }
                $sent = (Get-EmulatorCount $eu).requests
                $arguments = $run.With + (& $with) + @{ BaseUri = $eu.BaseUri }
                (Invoke-Runbook $run.Name $arguments).ErrorIds | Should -BeNullOrEmpty
                (Get-EmulatorCount $eu).requests | Should -BeGreaterThan $sent
                for ($i = 0; $i -lt 250 -and (Get-EmulatorCount $eu).open_connections; $i++) { Start-Sleep -Milliseconds 20 }
                (Get-EmulatorCount $eu).open_connections | Should -Be 0 -Because 'what a runbook opens it closes'
            }
            (Get-EmulatorCount $us).requests | Should -Be $before
            [object]::ReferenceEquals((Get-DcSession), $session) | Should -BeTrue
        }

        It 'not with an asset that is not there: <_>' -ForEach 'Credential', 'Variable' {
            (Invoke-Runbook 'Remove-ExpiredDcApiToken.ps1' @{ AutomationAsset = 'missing'; AssetType = $_ }).ErrorIds | Should -Be 'AutomationAssetNotFound'
        }
    }

    It 'not with <what>' -ForEach @(
        @{ What = 'an asset outside of Azure Automation'; With = { @{ AutomationAsset = 'any' } }; Said = 'There is no command Get-AutomationPSCredential*'; Id = 'NoAutomationAssets'; Category = 'NotInstalled' }
        @{ What = 'what is no session'; With = { @{ Session = 'eu' } }; Said = '*DeepsetCloud.DcSession*'; Id = '*'; Category = 'InvalidArgument' }
        @{ What = 'a key that nobody has'; With = { @{ ApiKey = ConvertTo-Secret 'wrong'; BaseUri = $eu.BaseUri } }; Said = '*401*'; Id = 'Unauthorized'; Category = 'AuthenticationError' }
    ) {
        $run = Invoke-Runbook 'Remove-ExpiredDcApiToken.ps1' (& $with)
        $run.ErrorIds | Should -BeLike $id
        $run.Failure | Should -BeLike $said
        $run.Failure.CategoryInfo.Category | Should -Be $category
    }

    It 'with the key in the environment, and fails without' {
        foreach ($run in $runs) { (Invoke-Runbook $run.Name $run.With).ErrorIds | Should -Be 'SessionRequired' }
        Reset-Emulator $eu -Tokens 4
        $env:DEEPSET_API_KEY, $env:DEEPSET_API_URL = $eu.PlainKey, $eu.BaseUri
        try { (Invoke-Runbook 'Remove-ExpiredDcApiToken.ps1').Output | Should -HaveCount 1 }
        finally { $env:DEEPSET_API_KEY = $env:DEEPSET_API_URL = $null }
        Get-DcSession | Should -BeNullOrEmpty
    }
}

Describe 'Remove-ExpiredDcApiToken.ps1' {
    BeforeAll {
        Connect-Eu
        $script:runbook = 'Remove-ExpiredDcApiToken.ps1'
    }

    It 'removes what has expired and nothing else' {
        Reset-Emulator $eu -Tokens 250
        $expired, $others = (Get-DcApiToken).Where({ $_.IsExpired }, 'Split')
        $run = Invoke-Runbook $runbook
        $run.ErrorIds | Should -BeNullOrEmpty
        (Get-DcApiToken).ApiTokenId | Should -Be $others.ApiTokenId
        $run.Output.ApiTokenId | Sort-Object | Should -Be ($expired.ApiTokenId | Sort-Object)
        @($run.Output | ForEach-Object { $_.PSObject.TypeNames[0] } | Sort-Object -Unique) | Should -Be 'DeepsetCloud.RemovedApiToken'
        $run.Output.Owner | Sort-Object -Unique | Should -Be 'Ada Lovelace'
    }

    It 'never removes a token without expiry, however long the grace, and however old the server' {
        $old = Open-Emulator -Tokens 1 -Options '--generation classic'
        try {
            $session = Connect-DcSession -BaseUri $old.BaseUri -ApiKey $old.Key -PassThru
            foreach ($days in 0, 36500) { (Invoke-Runbook $runbook @{ GraceDays = $days }).Output | Should -BeNullOrEmpty }
            (Get-EmulatorCount $old).tokens | Should -Be 1
            Disconnect-DcSession $session
        }
        finally { Close-Emulator $old; Connect-Eu }
    }

    It 'heeds the grace and the name' {
        Reset-Emulator $eu
        $null = Add-EmulatorToken $eu (0..5 | ForEach-Object { @{ name = "$(if ($_ % 2) { 'app' } else { 'ci' })-$_"; days = -10 * $_ - 1 } })
        (Invoke-Runbook $runbook @{ GraceDays = 15; Name = 'CI-*' }).Output.Name | Sort-Object | Should -Be 'ci-2', 'ci-4'
        (Get-EmulatorCount $eu).tokens | Should -Be 4
    }

    It 'names each token under -WhatIf, asks for each under -Confirm, and removes none' {
        Reset-Emulator $eu -Tokens 8
        $expired = Get-DcApiToken | Where-Object IsExpired
        $shown = Get-Transcript { (Invoke-Runbook $runbook @{ WhatIf = $true }).Output | Should -BeNullOrEmpty }
        $expired | Should -HaveCount 2
        foreach ($token in $expired) { $shown | Should -BeLike "*What if:*$($token.Name)*$($token.ApiTokenId)*" }
        $run = Invoke-InNewShell -Answer n, n "`$env:DEEPSET_API_KEY = '$($eu.PlainKey)'; `$env:DEEPSET_API_URL = '$($eu.BaseUri)'; & '$folder/$runbook' -Confirm"
        [regex]::Matches($run.Output, '(?m)^Performing the operation').Count | Should -Be 2
        (Get-EmulatorCount $eu).tokens | Should -Be 8
    }

    It 'fails with an API key, which may not remove' {
        Reset-Emulator $eu
        $key = @(Add-EmulatorToken $eu @{ days = -1 }, @{})[1].api_token
        $session = Connect-DcSession @atEu -ApiKey (ConvertTo-Secret $key) -PassThru
        (Invoke-Runbook $runbook @{ Session = $session }).ErrorIds | Should -Be 'Forbidden', 'ExpiredTokensRemain'
        (Get-EmulatorCount $eu).tokens | Should -Be 2
        Disconnect-DcSession $session
        Connect-Eu
    }

    It 'cleans several organizations, and one that fails does not stop the next' {
        Reset-Emulator $eu -Tokens 8
        Reset-Emulator $us -Tokens 12
        $sessions = @(Get-DcSession) + @(Connect-DcSession -BaseUri $us.BaseUri -ApiKey $us.Key -SkipVerification -PassThru)
        (Invoke-Runbook $runbook @{ Session = $sessions }).Output.Organization | Sort-Object -Unique | Should -Be '127.0.0.1', 'Analytical Engines'
        (Get-EmulatorCount $eu).tokens, (Get-EmulatorCount $us).tokens | Should -Be 6, 9
        Reset-Emulator $us -Tokens 4
        (Invoke-Runbook $runbook @{ Session = (Get-RefusedSession), $sessions[1] }).ErrorIds | Should -Be 'Unauthorized', 'ExpiredTokensRemain'
        (Get-EmulatorCount $us).tokens | Should -Be 3
        Connect-Eu
    }

    It 'takes hostile names for names' {
        Reset-Emulator $eu
        $null = Add-EmulatorToken $eu ($hostileNames | ForEach-Object { @{ name = $_; days = -1 } })
        $run = Invoke-Runbook $runbook
        [array]::Reverse($hostileNames)
        Compare-Object $run.Output.Name $hostileNames -CaseSensitive | Should -BeNullOrEmpty
        (Get-EmulatorCount $eu).tokens | Should -Be 0
    }
}

Describe 'Get-ExpiringDcApiToken.ps1' {
    BeforeAll {
        Connect-Eu
        $script:runbook = 'Get-ExpiringDcApiToken.ps1'
        $script:reports = New-Item -ItemType Directory (Join-Path $TestDrive 'reports')
        $script:csv = Join-Path $reports 'tokens.csv'
        $script:html = Join-Path $reports 'tokens.html'
        $script:files = @{ CsvPath = $csv; HtmlPath = $html }

        # Each row of the page, as the texts of its cells.
        function Get-PageRow {
            $page = [xml]::new()
            $page.Load($html)
            $page.SelectNodes('//tbody//*[not(self::tr[parent::tbody] or self::td[parent::tr])]') | Should -BeNullOrEmpty
            foreach ($row in $page.SelectNodes('//tbody/tr')) { , @($row.ChildNodes | ForEach-Object InnerText) }
        }
    }

    BeforeEach {
        Reset-Emulator $eu
        Get-ChildItem $reports | Remove-Item
    }

    It 'writes what expires soon in order of expiry' {
        $null = Add-EmulatorToken $eu (20, 5, 40, -3, 12 | ForEach-Object { @{ name = "in-$_"; days = $_; personal = $_ -ne 5 } })
        $null = Add-EmulatorToken $eu @{ name = 'never' }
        $soon = (Invoke-Runbook $runbook @{ Days = 30 }).Output
        $soon.Name | Should -Be 'in-5', 'in-12', 'in-20'
        $soon.Type | Should -Be 'Service', 'Personal', 'Personal'
        $all = (Invoke-Runbook $runbook @{ Days = 50; IncludeExpired = $true }).Output
        $all.Name | Should -Be 'in--3', 'in-5', 'in-12', 'in-20', 'in-40'
        $all.State | Should -Be 'Expired', 'Expiring', 'Expiring', 'Expiring', 'Expiring'
        $all.DaysLeft | Should -Be -3, 5, 12, 20, 40
        (Invoke-Runbook $runbook @{ Name = '*12' }).Output.Name | Should -Be 'in-12'
    }

    It 'reports that there is nothing to report' {
        (Invoke-Runbook $runbook $files).Output | Should -BeNullOrEmpty
        Get-Content $csv | Should -HaveCount 1
        Get-PageRow | Should -BeNullOrEmpty
    }

    It 'lets no name act in a spreadsheet or on a page' {
        $null = Add-EmulatorToken $eu ($hostileNames | ForEach-Object { @{ name = $_; days = 3 } })
        (Invoke-Runbook $runbook $files).ErrorIds | Should -BeNullOrEmpty
        $text = [System.IO.File]::ReadAllText($csv)
        $header, $lines = $text -split "`r`n"
        $lines | Should -HaveCount ($hostileNames.Count + 1) -Because 'the last line has an end, too'
        $lines -ne '' -notmatch '^"([^"]|"")*"(,"([^"]|"")*"){7}$' | Should -BeNullOrEmpty
        $text.Replace("`r`n", '') | Should -Not -Match '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]'
        $rows = @(Import-Csv $csv -Encoding UTF8)
        $rows.ForEach({ $_.PSObject.Properties.Value }) -match '^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]' | Should -BeNullOrEmpty
        # A spreadsheet set to another separator cuts the raw text there, quotes or not.
        $text -split '[;\t|,\r\n]' -match '^[\s"]*[=+\-@]' | Should -BeNullOrEmpty
        foreach ($name in 'say "hi"', "emoji $([char]::ConvertFromUtf32(0x1f511))", 'two lines', "'=cmd|' /C calc'!A0") { $rows.Name | Should -Contain $name }
        $cells = @(Get-PageRow)
        $cells.Count | Should -Be $hostileNames.Count
        $cells | Where-Object Count -NE 8 | Should -BeNullOrEmpty
        foreach ($name in '<script>alert(1)</script>', '&lt;b&gt;', "it's") { $cells.ForEach({ $_[3] }) | Should -Contain $name }
    }

    It 'writes files as spreadsheets and browsers expect them, and replaces what is there' {
        $name = "Schl$([char]0xfc)ssel"
        $null = Add-EmulatorToken $eu @{ name = $name; days = 300 }
        Set-Content $csv ('x' * 10000)
        $token = (Invoke-Runbook $runbook ($files + @{ Days = 700 })).Output
        [System.IO.File]::ReadAllBytes($csv)[0..2] | Should -Be ([System.Text.Encoding]::UTF8.GetPreamble())
        (Import-Csv $csv -Encoding UTF8).Name | Should -Be $name
        (Import-Csv $csv).ExpiresAt | Should -Be $token.ExpiresAt.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ')
        Get-Content $html -Raw | Should -BeLike '*1 expiring. As of*'
        (Get-ChildItem $reports).Name | Sort-Object | Should -Be 'tokens.csv', 'tokens.html'
    }

    It 'writes under -WhatIf the objects and no file' {
        $null = Add-EmulatorToken $eu @{ name = 'soon'; days = 3 }
        $shown = Get-Transcript { (Invoke-Runbook $runbook ($files + @{ WhatIf = $true })).Output.Name | Should -Be 'soon' }
        $shown | Should -BeLike "*$csv*$html*"
        Get-ChildItem $reports | Should -BeNullOrEmpty
    }

    It 'writes no file that lacks an organization' {
        Reset-Emulator $us
        $null = Add-EmulatorToken $eu @{ name = 'eu'; days = 9 }
        $null = Add-EmulatorToken $us @{ name = 'us'; days = 3 }
        $sessions = @(Get-DcSession) + @(Connect-DcSession -BaseUri $us.BaseUri -ApiKey $us.Key -PassThru)
        (Invoke-Runbook $runbook ($files + @{ Session = $sessions })).Output.Name | Should -Be 'us', 'eu'
        Import-Csv $csv | Should -HaveCount 2
        Get-ChildItem $reports | Remove-Item
        $run = Invoke-Runbook $runbook ($files + @{ Session = (Get-RefusedSession), $sessions[1] })
        $run.Output.Name | Should -Be 'us'
        $run.ErrorIds | Should -Be 'Unauthorized', 'ReportIncomplete'
        Get-ChildItem $reports | Should -BeNullOrEmpty
        Connect-Eu
    }

    It 'fails where a file cannot be written' {
        (Invoke-Runbook $runbook @{ CsvPath = Join-Path $reports 'missing/x.csv' }).Failure | Should -BeLike '*missing*'
    }
}

Describe 'Update-DcApiToken.ps1' {
    It 'keeps hostile names as they are' {
        Connect-Eu
        Reset-Emulator $eu
        foreach ($name in $hostileNames) {
            $null = Add-EmulatorToken $eu @{ name = $name }
            (Invoke-Runbook 'Update-DcApiToken.ps1' @{ Identity = $name; StoreSecret = {} }).Output | ForEach-Object { $_.Name; $_.IsOldRemoved } | Should -BeExactly $name, $true
            Get-DcApiToken | Where-Object Name -CEQ $name | Should -HaveCount 1
        }
    }
}

Describe 'docs/automation.md' {
    BeforeAll {
        Copy-Item $folder (Join-Path $TestDrive 'page') -Recurse
        Push-Location (Join-Path $TestDrive 'page')
        $script:kept = @{}
        $script:signIn = [pscredential]::new('deepset', $eu.Key)
        # Stand-ins that behave as far as the page needs it; as a text, since they take more than they use.
        . ([scriptblock]::Create(@'
            function Get-SecretInfo { [CmdletBinding()] param($Name, $Vault) }
            function Get-Secret { [CmdletBinding()] param($Name, $Vault) $kept[$Name] }
            function Set-Secret { [CmdletBinding(SupportsShouldProcess)] param($Name, $Vault, [securestring] $SecureStringSecret) $kept[$Name] = $SecureStringSecret }
            function Set-AzKeyVaultSecret { [CmdletBinding()] param($VaultName, $Name, [securestring] $SecretValue, [datetime] $Expires) $kept[$Name] = $SecretValue }
            function Set-AutomationVariable { [CmdletBinding()] param($Name, $Value) $kept[$Name] = $Value }
            function Get-AutomationPSCredential { param($Name) $signIn }
            function gh { $kept[$args[2]] = @($input) }
'@))
        $script:commands = @(Get-Command -Module DeepsetCloud) + @(Get-Command (Get-ChildItem *.ps1).FullName) +
        @(Get-Command Get-SecretInfo, Get-Secret, Set-Secret, Set-AzKeyVaultSecret, Set-AutomationVariable, Get-AutomationPSCredential)
        $env:DEEPSET_API_KEY, $env:DEEPSET_API_URL = $eu.PlainKey, $eu.BaseUri
        Get-DcSession | Disconnect-DcSession
    }

    AfterAll {
        Pop-Location
        $env:DEEPSET_API_KEY = $env:DEEPSET_API_URL = $null
    }

    It 'shows these scripts, most of which run here' -ForEach @{ All = $snippets.Count; Here = $runnable.Count } {
        $all, $here | Should -Be 14, 9
    }

    It 'shows PowerShell with parameters that exist, in line <line>' -ForEach $snippets {
        Get-CodeFault $code $commands | Should -BeNullOrEmpty
    }

    It 'shows what runs, in line <line>' -ForEach $runnable {
        foreach ($emulator in $eu, $us) {
            Reset-Emulator $emulator -Tokens 20
            $null = Add-EmulatorToken $emulator @{ name = 'search-backend'; days = 2 }, @{ name = 'ci' }, @{ name = 'ci-old'; days = -20 }
        }
        $euKey, $usKey = $eu.Key, $us.Key
        $before = (Get-EmulatorCount $eu).requests
        $written = & ([scriptblock]::Create($code.Replace('-Region EU', '-BaseUri $eu.BaseUri').Replace('-Region US', '-BaseUri $us.BaseUri'))) *>&1
        $written | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        (Get-EmulatorCount $eu).requests | Should -BeGreaterThan $before
        $written | Out-String | Should -Not -BeLike "*$($eu.PlainKey)*"
    }
}
