BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:commands = (Get-Command -Module DeepsetCloud -CommandType Cmdlet).Name
    $script:topics = (Get-ChildItem (Split-Path $env:DEEPSETCLOUD_TEST_MODULE) -Recurse -Filter 'about_*.help.txt').Name -replace '\.help\.txt$'

    # What each example leads to: objects written, tokens made and removed, things handed to another program or file; and what else is to be seen.
    $outcomes = [ordered]@{
        'Connect-DcSession'    = @{ Output = 1 }, @{}, @{}, @{}, @{ Output = 2 }
        'Disconnect-DcSession' = @{}, @{ Removed = 1 }, @{}
        'Get-DcApiToken'       = @{ Output = 25 }, @{ Output = 4 }, @{ Output = 2 }, @{ Taken = 25 }, @{ Output = 21 }, @{ Output = 1 }, @{ Output = 2 },
        @{ Output = 5 }, @{ Output = 5 }
        'Get-DcSession'        = @{ Output = 1 }, @{}, @{ Output = 3 }, @{ Check = { Test-Key $vault['deepset-kept'] } }
        'New-DcApiToken'       = @{ Output = 1; Created = 1 },
        @{ Created = 1; Check = { Test-Key $vault['deepset-deploy'] } },
        @{ Created = 1; Taken = 1; Check = { $handedOver[0] -match '^secret set DEEPSET_API_KEY (?<key>\S+)$' | Should -BeTrue; Test-Key (ConvertTo-Secret $Matches.key) } },
        @{ Created = 2; Check = { 'batch', 'ada' | ForEach-Object { Test-Key $vault["deepset-$_"] } } },
        @{ Created = 1; Asks = $true },
        @{ Created = 1 }
        'Remove-DcApiToken'    = @{ Removed = 1 }, @{ Removed = 1 }, @{ Output = 1; Removed = 2 }, @{ Removed = 20 }, @{ Removed = 2 },
        @{ Removed = 1; RemovedAtStaging = 1; Check = { (Get-DcApiToken).Name | Should -Be 'new' -Because 'that is what staging has left' } }
    }
    $script:examples = foreach ($command in $outcomes.Keys) {
        for ($i = 0; $i -lt $outcomes[$command].Count; $i++) { @{ Command = $command; Number = $i + 1 } + $outcomes[$command][$i] }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    Import-Module $PSScriptRoot/Support/HelpPages.psm1
    Import-Module $PSScriptRoot/Support/EmulatorTokens.psm1
    $script:root = Split-Path (Split-Path $PSScriptRoot)
    $script:help = Join-Path (Split-Path $env:DEEPSETCLOUD_TEST_MODULE) 'en-US'
    $script:known = @((Get-Command -Module DeepsetCloud).Name) + (Get-ChildItem $help -Filter '*.help.txt').Name.Replace('.help.txt', '')
}

Describe 'The help page of <_>' -ForEach $commands {
    BeforeAll {
        $script:command = Get-Command $_
        $script:page = Get-HelpPage $_
    }

    It 'describes the parameters as the code has them' {
        $own = Get-OwnParameter $command
        @($page.Parameters.Keys) | Should -BeExactly @($own.Name)
        foreach ($parameter in $own) {
            $page.Parameters[$parameter.Name].Yaml | Should -BeExactly (Get-ExpectedYaml $command $parameter) -Because "that is -$($parameter.Name)"
        }
    }

    # PlatyPS writes the names that types have in PowerShell 7.
    It 'has the syntax of every parameter set' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
        $page.Syntax.Count | Should -Be $command.ParameterSets.Count
        foreach ($set in $command.ParameterSets) {
            $title = $set.Name + $(if ($set.IsDefault -and $set.Name -ne '__AllParameterSets') { ' (Default)' })
            $page.Syntax[$title] -replace '```' | ConvertTo-PlainText | Should -BeExactly "$command $set"
        }
        @($page.Syntax.Keys)[0] | Should -Match "\(Default\)|$($command.DefaultParameterSet)|__AllParameterSets"
    }

    It 'names the types that go in and come out' {
        @($page.Outputs.Keys) | Should -BeExactly @($command.OutputType.Type | ForEach-Object { if ($_ -eq [void]) { 'None' } else { $_.FullName } })
        $piped = Get-OwnParameter $command | Where-Object {
            (Get-ParameterSetAttribute $_).ValueFromPipeline -contains $true -or (Get-ParameterSetAttribute $_).ValueFromPipelineByPropertyName -contains $true
        }
        $types = @($piped.ParameterType | Where-Object { $_ } | ForEach-Object { $_.ToString() -replace '^System\.Nullable`1\[(.+)\]$', '$1' } | Sort-Object -Unique)
        @($page.Inputs.Keys | Sort-Object) | Should -BeExactly $(if ($types) { $types } else { 'None' })
    }

    It 'is written in full' {
        $page.Examples.Count | Should -BeGreaterOrEqual 3
        for ($i = 0; $i -lt $page.Examples.Count; $i++) { $page.Examples[$i].Title | Should -Match "^Example $($i + 1): .{1,47}$" -Because 'Get-Help has one line for it' }
        $texts = @($page.Synopsis) + $page.Description + $page.Notes + $page.Examples.Remarks + @($page.Parameters.Values.Text) + @(@($page.Inputs.Values) + @($page.Outputs.Values))
        $texts.Count | Should -BeGreaterThan 9
        $texts | Where-Object { $_ -notlike '*.' } | Should -BeNullOrEmpty -Because 'every part ends with a sentence'
        $page.Links.Count | Should -BeGreaterThan 0
        $page.Links | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe 'Get-Help <_>' -ForEach $commands {
    BeforeAll {
        $script:command = Get-Command $_
        $script:page = Get-HelpPage $_
        $script:shipped = Get-Help $_ -Full
        $script:described = { param($Paragraphs) ($Paragraphs.Text -join ' ') | ConvertTo-PlainText }
    }

    It 'says what the page says' {
        $shipped.Synopsis | Should -BeExactly $page.Synopsis
        @($shipped.description.Text | ConvertTo-PlainText) | Should -BeExactly $page.Description
        @($shipped.alertSet.alert.Text | ConvertTo-PlainText) | Should -BeExactly $page.Notes
        @($shipped.relatedLinks.navigationLink.linkText) | Should -BeExactly $page.Links
        $shipped.examples.example | Should -HaveCount $page.Examples.Count
        for ($i = 0; $i -lt $page.Examples.Count; $i++) {
            $example = $shipped.examples.example[$i]
            $example.title.Trim('-', ' ') | Should -BeExactly ($page.Examples[$i].Title | ConvertTo-PlainText)
            $example.code | Should -BeExactly $page.Examples[$i].Code
            & $described $example.remarks | Should -BeExactly $page.Examples[$i].Remarks
        }
        foreach ($pair in @($shipped.inputTypes.inputType, $page.Inputs), @($shipped.returnValues.returnValue, $page.Outputs)) {
            @($pair[0].type.name) | Should -BeExactly @($pair[1].Keys)
            @($pair[0] | ForEach-Object { & $described $_.description }) | Should -BeExactly @($pair[1].Values | ConvertTo-PlainText)
        }
    }

    It 'knows each parameter by its name, as the code has it' {
        @($shipped.parameters.parameter.name) | Should -BeExactly @($page.Parameters.Keys)
        foreach ($parameter in Get-OwnParameter $command) {
            $shown = @(Get-Help $command.Name -Parameter $parameter.Name)
            $set = @(Get-ParameterSetAttribute $parameter)[0]
            $ways = @('ByValue' | Where-Object { $set.ValueFromPipeline }) + @('ByPropertyName' | Where-Object { $set.ValueFromPipelineByPropertyName })
            $wanted = @(
                $parameter.Name
                $page.Parameters[$parameter.Name].Text
                $parameter.ParameterType.ToString() -replace '^System\.Nullable`1\[(.+)\]$', '$1'
                @((Get-ParameterDefault $command $parameter), 'None' | Where-Object { $_ })[0]
                $(if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' })
                "$($page.Parameters[$parameter.Name].Yaml -match 'SupportsWildcards: true')"
                $(if ($set.Position -lt 0) { 'named' } else { "$($set.Position)" })
                "$($set.Mandatory)"
                $(if ($ways) { "true ($($ways -join ', '))" } else { 'false' })
            )
            $shown | Should -HaveCount 1
            $shown[0].name, (& $described $shown[0].description), $shown[0].type.name, $shown[0].defaultValue, $shown[0].aliases, $shown[0].globbing, $shown[0].position,
            $shown[0].required, $shown[0].pipelineInput | Should -Be $wanted
        }
    }

    It 'has the parameter sets of the code, and shows the values of enumerations' {
        $sets = foreach ($set in $command.ParameterSets) {
            @($set.Parameters | Where-Object { $_.Name -in $page.Parameters.Keys } | ForEach-Object { "$($_.Name) $($_.IsMandatory)" } | Sort-Object) -join ', '
        }
        @($shipped.syntax.syntaxItem | ForEach-Object { @($_.parameter | ForEach-Object { "$($_.name) $($_.required)" } | Sort-Object) -join ', ' }) | Should -Be @($sets)
        $shown = Get-Help $command.Name | Out-String -Width 200 | ConvertTo-PlainText
        foreach ($name in $page.Parameters.Keys) {
            $values = [regex]::Match($page.Parameters[$name].Yaml, '(?s)AcceptedValues:\n(.+)\nHelpMessage').Groups[1].Value -replace '^- ' -replace '\n- ', ' | '
            if (-not $values) { continue }
            $count = @($command.ParameterSets | Where-Object { $_.Parameters.Name -contains $name }).Count
            [regex]::Matches($shown, [regex]::Escape("[-$name {$values}]")).Count | Should -Be $count -Because "-$name takes them"
        }
    }

    It 'shows all of it in full, at any width' {
        $shown = ($shipped | Out-String -Width 140) -replace '\s'
        $texts = @($page.Synopsis) + $page.Description + $page.Notes + $page.Links + @($page.Parameters.Values.Text) + $page.Examples.Code + $page.Examples.Remarks +
        @($page.Examples.Title | ConvertTo-PlainText) + @(@($page.Inputs.Values) + @($page.Outputs.Values) | ConvertTo-PlainText)
        $texts | Where-Object { -not $shown.Contains($_ -replace '\s') } | Should -BeNullOrEmpty
        $shown | Should -Not -Match 'System\.Nullable|ProgressAction'
    }
}

Describe 'The files of the help' {
    It 'are these, and no page is without its command' {
        (Get-ChildItem $help).Name | Sort-Object | Should -Be @(
            'about_DeepsetCloud.help.txt', 'about_DeepsetCloud_Errors.help.txt', 'about_DeepsetCloud_Sessions.help.txt', 'DeepsetCloud.PowerShell.dll-Help.xml' | Sort-Object
        )
        $names = (Get-Command -Module DeepsetCloud).Name
        (Get-ChildItem (Join-Path $root 'docs') -Filter '*-Dc*.md').BaseName | Sort-Object | Should -Be $names
        ([xml](Get-Content (Join-Path $help 'DeepsetCloud.PowerShell.dll-Help.xml') -Raw)).helpItems.command.details.name | Should -Be $names
    }

    It 'are the same wherever they were made, without markup for the console' {
        $text = [System.IO.File]::ReadAllText((Join-Path $help 'DeepsetCloud.PowerShell.dll-Help.xml'))
        $text | Should -Match '\A<\?xml version="1\.0" encoding="utf-8"\?>\n(?s:.*)</helpItems>\n\z'
        $text | Should -Not -Match '[\r`]'
        Get-ChildItem (Join-Path $root 'docs') -Filter '*-Dc*.md' | Get-Content -Raw | Should -Not -Match 'ms\.date'
    }

    It 'hold no place to fill in' {
        $files = @(Get-ChildItem $help) + @(Get-ChildItem (Join-Path $root 'docs') -Filter '*-Dc*.md')
        $files | Where-Object { (Get-Content $_.FullName -Raw) -match '\{\{|Fill in|TODO|TBD|Online Version' } | Should -BeNullOrEmpty
    }
}

Describe 'The topic <_>' -ForEach $topics {
    BeforeAll {
        $script:topic = $_
        $script:text = [System.IO.File]::ReadAllText((Join-Path $help "$topic.help.txt")).Replace("`r`n", "`n")
    }

    It 'is found by Get-Help' {
        (Get-Help $topic | Out-String).Replace("`r`n", "`n").Trim() | Should -BeExactly $text.Trim()
    }

    It 'is plain text for every console' {
        $text | Should -BeLike "TOPIC`n    $topic`n`nSHORT DESCRIPTION`n*"
        $text.Split("`n") | Where-Object { $_ -cnotmatch '^[ -~]{0,80}$' -or $_ -ne $_.TrimEnd() } | Should -BeNullOrEmpty
    }

    It 'leads on to what exists' {
        $names = ($text -split 'SEE ALSO\n')[1].Trim() -split '\s+'
        $names.Count | Should -BeGreaterThan 1
        $names | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }

    It 'shows code that is PowerShell, with parameters that exist' {
        # Behind an empty line or a heading; lists and the entries of the error table are indented otherwise.
        $blocks = [regex]::Matches($text, '(?<=\n\n|[A-Z]\n)(?: {8}.*(?:\n|$))+')
        $blocks.Count | Should -BeGreaterThan 0
        foreach ($block in $blocks.Value) { Get-CodeFault $block (Get-Command -Module DeepsetCloud) | Should -BeNullOrEmpty -Because $block }
    }
}

Describe 'What the topics say' {
    It 'is, of the errors, what docs/errors.md says' {
        $text = [System.IO.File]::ReadAllText((Join-Path $help 'about_DeepsetCloud_Errors.help.txt')).Replace("`r`n", "`n")
        $entry = '\n    (\w+)\n        Category:  (\w+)\n        When:(.+?)\n        Action:(.+?)\n(?=\n)'
        $said = [regex]::Matches($text, $entry, 'Singleline') | ForEach-Object {
            $id, $category, $when, $action = $_.Groups[1..4].Value | ConvertTo-PlainText
            "$id | $category | $(if ($when -like '*Ends the*') { 'yes' } else { 'no' }) | $action"
        }
        $wanted = (Get-DocsText 'errors.md').Split("`n") -match '^\| `' | ForEach-Object {
            $cells = $_.Trim('|', ' ') -split '\|' | ConvertTo-PlainText
            "$($cells[0]) | $($cells[1]) | $($cells[2]) | $($cells[4])"
        }
        @($wanted).Count | Should -BeGreaterThan 9
        $said | Should -BeExactly $wanted
    }

    It 'is, of the sessions, what they are by default' {
        $text = Get-Content (Join-Path $help 'about_DeepsetCloud_Sessions.help.txt') -Raw | ConvertTo-PlainText
        $key = ConvertTo-Secret 'no-key'
        foreach ($region in 'EU', 'US') {
            $session = Connect-DcSession $key -Region $region -SkipVerification -PassThru
            $text | Should -BeLike "*$region for $("$($session.BaseUri)".TrimEnd('/'))[,.]*"
            $text | Should -BeLike "*($($session.TimeoutSec) seconds if nothing is said)*how often a request is sent again ($($session.MaximumRetryCount))*"
            Disconnect-DcSession $session
        }
        $text | Should -BeLike '*up to two minutes*'
    }
}

Describe 'The examples' {
    BeforeAll {
        $script:production = Open-Emulator -Options '--user-token user-token-of-production'
        $script:staging = Open-Emulator -Options '--user-token user-token-of-staging'
        $script:variables = @{ DEEPSET_API_KEY = $production.PlainKey; DEEPSET_API_URL = $production.BaseUri; STAGING_URL = $staging.BaseUri }
        $variables.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $variables[$_]) }
        Push-Location $TestDrive
        Set-Content new-tokens.csv 'Name,ExpiresAt,Type,Workspace', 'batch,2030-01-31T12:00Z,Service,production', 'ada,,,staging'
        $script:vault = @{ 'deepset' = $production.Key; 'deepset-production' = $production.Key; 'deepset-staging' = $staging.Key }
        $script:handedOver = [System.Collections.Generic.List[string]]::new()

        # What would ask a person, or belongs to other modules and programs.
        $doubles = @{
            'Read-Host'                  = { param($Prompt, [switch]$AsSecureString) if ($Prompt -eq 'API key' -and $AsSecureString) { $vault['deepset'] } }
            'Get-Secret'                 = { param([Parameter(Mandatory)] $Name) if (-not $vault[$Name]) { throw "There is no secret $Name." } $vault[$Name] }
            'Set-Secret'                 = { param($Name, [securestring]$SecureStringSecret) $vault[$Name] = $SecureStringSecret }
            'Get-AutomationPSCredential' = { param($Name) [pscredential]::new('not used', $vault[$Name]) }
            'gh'                         = { foreach ($line in $input) { $handedOver.Add("$args $line") } }
        }
        $doubles.Keys | ForEach-Object { Set-Item "function:script:$_" $doubles[$_] }

        # Two services with tokens of the names that the examples use.
        function Initialize-World {
            Reset-Emulator $production
            Reset-Emulator $staging
            $service = @{ personal = $false }
            $null = Add-EmulatorToken $production @(
                @{ name = 'laptop-grace'; days = 30 }
                @{ name = 'ci-build'; days = -3 }
                @{ name = 'ci-test'; days = 10 }
                @{ name = 'deploy-eu' } + $service
                @{ name = 'deploy-us'; days = 5; workspaces = @('production') } + $service
                1..20 | ForEach-Object { @{ name = "load-test-$_"; days = 20 } }
            )
            $null = Add-EmulatorToken $staging @{ name = 'old'; days = -1 }, @{ name = 'new'; days = 60 }
            $session = Connect-DcSession -ApiKey $production.Key -PassThru
            $script:tokens = @{}
            Get-DcApiToken -Session $session | ForEach-Object { $tokens[$_.Name] = $_ }
            $tokens['ci-build'], $tokens['deploy-eu'] | Select-Object ApiTokenId, @{ n = 'Reason'; e = { 'left the team' } } | Export-Csv ids.csv -NoTypeInformation
            Disconnect-DcSession $session
        }

        function Get-ExampleCode([string] $Command, [int] $Number) {
            # The emulator gives out the ids, so the one in the example stands for one of its own.
            (Get-Help $Command).examples.example[$Number - 1].code.Replace('9da1ffe7-8f09-47b0-874f-15471b5e6e13', $tokens['laptop-grace'].ApiTokenId)
        }

        function Test-Key([securestring] $Key) {
            $session = Connect-DcSession $Key -PassThru
            $session.User | Should -Not -BeNullOrEmpty
            Disconnect-DcSession $session
        }
        Initialize-World
    }

    AfterAll {
        Get-DcSession | Disconnect-DcSession
        Pop-Location
        $variables.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
        Close-Emulator $production
        Close-Emulator $staging
    }

    It 'are all known here' -ForEach @{ WithOutcome = @($examples | ForEach-Object { "$($_.Command) $($_.Number)" }) } {
        Get-Command -Module DeepsetCloud -PipelineVariable command | ForEach-Object { 1..(Get-Help $command.Name).examples.example.Count } |
            ForEach-Object { "$($command.Name) $_" } | Should -Be $withOutcome
    }

    It 'does what it says: <command>, example <number>' -ForEach $examples {
        $handedOver.Clear()
        $code = Get-ExampleCode $command $number
        if ($command -ne 'Connect-DcSession') { Connect-DcSession }
        if ($code -like '*-RecoverToken*') {
            try { New-DcApiToken -Name kept -WarningAction SilentlyContinue | ForEach-Object { throw 'downstream' } } catch { $_ | Should -BeLike 'downstream' }
        }
        $before = @($production, $staging | ForEach-Object { Get-EmulatorCount $_ })

        if ($asks) {
            $run = Invoke-InNewShell $code -Answer y
            [regex]::Matches($run.Output, "(?m)^Performing the operation .*'archive'").Count | Should -Be 1
            $written = @()
        }
        else {
            $written = @(& ([scriptblock]::Create($code)) 2>&1 3>&1 4>$null)
        }

        $written | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.WarningRecord] } | Should -BeNullOrEmpty
        $written.Count | Should -Be ([int]$output)
        $after = @($production, $staging | ForEach-Object { Get-EmulatorCount $_ })
        $after[0].created - $before[0].created | Should -Be ([int]$created)
        $before[0].tokens + [int]$created - $after[0].tokens | Should -Be ([int]$removed)
        $before[1].tokens - $after[1].tokens | Should -Be ([int]$removedAtStaging)
        $handedOver.Count + @(Get-Item tokens.csv -ErrorAction Ignore | Import-Csv).Count | Should -Be ([int]$taken)
        if ($check) { & $check }
        Remove-Item tokens.csv -ErrorAction Ignore
        Disconnect-DcSession -WarningAction SilentlyContinue
        if ($created -or $removed) { Initialize-World }
    }
}
