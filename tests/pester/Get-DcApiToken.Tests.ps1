BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:emulator = Open-Emulator -Tokens 250
    Connect-DcSession -BaseUri $emulator.BaseUri -ApiKey $emulator.Key
}

AfterAll {
    Disconnect-DcSession
    Close-Emulator $emulator
}

Describe 'Get-DcApiToken' {
    Context 'with the commands that everybody uses' {
        It 'lists all tokens, each once' {
            $tokens = Get-DcApiToken
            $tokens | Should -HaveCount 250
            ($tokens.ApiTokenId | Sort-Object -Unique) | Should -HaveCount 250
        }

        It 'ends early for Select-Object -First, without a word' {
            $failed = $null
            $first = Get-DcApiToken -ErrorVariable failed | Select-Object -First 3
            $first | Should -HaveCount 3
            $failed | Should -BeNullOrEmpty
            Get-DcApiToken | Select-Object -Last 1 | Should -Not -BeNullOrEmpty
        }

        It 'sorts by instants, not by their text' {
            $sorted = Get-DcApiToken | Where-Object ExpiresAt | Sort-Object ExpiresAt, Name
            for ($i = 1; $i -lt $sorted.Count; $i++) {
                ($sorted[$i - 1].ExpiresAt -le $sorted[$i].ExpiresAt) | Should -BeTrue
            }
            $sorted[0].IsExpired | Should -BeTrue
        }

        It 'shows in <_> what a name holds without steering the terminal' -ForEach 'Format-Table', 'Format-List', 'Format-Wide' {
            $view = $_
            $evil = 'evil{0}[2K{0}]0;x{1}{2}name' -f [char]27, [char]7, [char]0x202e
            $null = New-DcApiToken -Name $evil -Workspace production, staging -ExpiresIn 3.00:10:00
            $token = Get-DcApiToken -Name 'evil*'
            try {
                if (Test-Path variable:PSStyle) { $PSStyle.OutputRendering = 'Ansi' }
                $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($token, 3))
                foreach ($shown in @($token, $copy).ForEach({ $_ | & $view | Out-String -Width 200 })) {
                    # The colours of a label or a state are PowerShell's and the module's own.
                    $text = $shown -replace '\e\[[0-9;]*m'
                    $text | Should -BeLike '*evil*name*'
                    $text | Should -Not -Match '[\e\a\u202e]'
                    if ($view -ne 'Format-Wide') { $text | Should -BeLike '*in 3 days*' }
                    if ($view -eq 'Format-List') { $text | Should -Match 'Workspaces +: \{production, staging\}' }
                }
            }
            finally {
                if (Test-Path variable:PSStyle) { $PSStyle.OutputRendering = 'Host' }
                $token | Remove-DcApiToken
            }
        }

        It 'shows id, name and expiry in a window of 80 columns' {
            $table = Get-DcApiToken | Format-Table | Out-String -Width 80 -Stream
            ($table -match 'Expires').Trim() | Should -Match '^ApiTokenId +Name +Expires$'
            $lines = $table -match 'token-'
            $lines | Should -HaveCount 250
            $lines | Should -Match '^\S{36} token-\d{6} +(never|\d{4}-\d\d-\d\d \d\d:\d\d)'
        }

        It 'groups, measures and filters' {
            $groups = Get-DcApiToken | Group-Object IsExpired
            ($groups | Measure-Object Count -Sum).Sum | Should -Be 250
            $expired = Get-DcApiToken | Where-Object IsExpired
            ($groups | Where-Object Name -EQ 'True').Count | Should -Be $expired.Count
            $expired.Count | Should -BeGreaterThan 50
            (Get-DcApiToken | Where-Object { $null -eq $_.ExpiresAt }).Count | Should -BeGreaterThan 50
        }

        It 'expands the owner' {
            Get-DcApiToken -First 1 | Select-Object -ExpandProperty User | ForEach-Object ToString | Should -Be 'Ada Lovelace'
        }

        It 'goes to a CSV file and back to the same tokens' {
            $file = Join-Path $TestDrive 'tokens.csv'
            Get-DcApiToken -First 5 | Export-Csv $file -NoTypeInformation
            $ids = (Import-Csv $file).ApiTokenId
            $ids | Should -HaveCount 5
            (Import-Csv $file | Get-DcApiToken).ApiTokenId | Sort-Object | Should -Be ($ids | Sort-Object)
        }

        It 'goes to JSON with the instants and nothing of the session' {
            $token = Get-DcApiToken | Where-Object IsExpired | Select-Object -First 1
            $json = $token | ConvertTo-Json -Depth 5
            $read = $json | ConvertFrom-Json
            $read.ApiTokenId | Should -Be $token.ApiTokenId
            $read.IsExpired | Should -BeTrue
            $read.User.GivenName | Should -Be 'Ada'
            $json | Should -Not -BeLike '*Origin*'
            $json | Should -Not -BeLike "*$($emulator.BaseUri)*"
        }

        It 'survives a file of objects' {
            $file = Join-Path $TestDrive 'tokens.xml'
            Get-DcApiToken -First 2 | Export-Clixml $file
            $stored = Import-Clixml $file
            $stored[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.DeepsetCloud.ApiToken'
            $stored.ApiTokenId | Should -Be (Get-DcApiToken -First 2).ApiTokenId
        }

        It 'compares two states' {
            $before = Get-DcApiToken
            $new = New-DcApiToken -Name 'the-new-one'
            $new.Name | Should -Be 'the-new-one'
            $difference = Compare-Object $before (Get-DcApiToken) -Property ApiTokenId -PassThru
            $difference.Name | Should -Be 'the-new-one'
            $difference | Remove-DcApiToken
        }
    }

    Context 'what a token shows' {
        It 'has these members and no other, hidden or not' {
            Get-PropertyName (Get-DcApiToken -First 1) | Should -Be @(
                'AdditionalProperties', 'ApiTokenId', 'CreatedAt', 'ExpiresAt', 'IsExpired', 'Name'
                'OrganizationRole', 'RoleId', 'Type', 'User', 'Workspaces'
            )
        }

        It 'shows in <_> neither the key nor the session' -ForEach (Get-ViewName) {
            $token = Get-DcApiToken -First 1
            $text = Show-InView $token $_
            $text | Should -Not -BeNullOrEmpty
            $text | Should -Not -BeLike "*$($emulator.PlainKey)*"
            $text | Should -Not -BeLike '*DeepsetClient*'
        }

        It 'is a table by itself, with the id and the name' {
            $token = Get-DcApiToken -First 1
            $shown = $token | Out-String -Width 200
            $shown | Should -BeLike '*ApiTokenId*Name*'
            $shown | Should -BeLike "*$($token.ApiTokenId)*"
            $shown | Should -BeLike "*$($token.Name)*"
        }
    }

    Context 'paging' {
        It 'takes -First and -Skip, and tells the total first' {
            $all = Get-DcApiToken
            $answer = Get-DcApiToken -First 5 -Skip 10 -IncludeTotalCount
            $answer[0].ToString() | Should -Be 'Total count: 250'
            $answer[0].Accuracy | Should -Be 1.0
            ($answer | Select-Object -Skip 1).ApiTokenId | Should -Be $all[10..14].ApiTokenId
        }

        It 'passes the pages and cursors of the service through' {
            $all = Get-DcApiToken
            (Get-DcApiToken -PageNumber 2 -Limit 20).ApiTokenId | Should -Be $all[20..39].ApiTokenId
            (Get-DcApiToken -PageNumber 1) | Should -HaveCount 10
            { Get-DcApiToken -PageNumber 2 -After $all[3].ApiTokenId } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context 'what is not there' {
        It 'is an error for each id, with that id, and the others are found' {
            $known = (Get-DcApiToken -First 1).ApiTokenId
            $missing = [guid]::NewGuid().ToString()
            $Error.Clear()
            $found = Get-DcApiToken -ApiTokenId $missing, $known -ErrorAction SilentlyContinue
            $found.ApiTokenId | Should -Be $known
            $Error | Should -HaveCount 1
            $Error[0].FullyQualifiedErrorId | Should -Be 'ApiTokenNotFound,DeepsetCloud.Commands.GetDcApiTokenCommand'
            $Error[0].TargetObject | Should -Be $missing
            $Error[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'can be ignored' {
            $Error.Clear()
            Get-DcApiToken -ApiTokenId ([guid]::NewGuid()) -ErrorAction Ignore | Should -BeNullOrEmpty
            $Error | Should -BeNullOrEmpty
        }

        It 'does not turn into "all" where the pipeline brings nothing that binds' {
            $null | Get-DcApiToken -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            [pscustomobject]@{ Other = 1 } | Get-DcApiToken -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
    }

    Context 'in parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        It 'lists with the session that it is given' {
            $session = Get-DcSession
            $counts = 1..6 | ForEach-Object -Parallel {
                (Get-DcApiToken -Session $using:session).Count
            } -ThrottleLimit 6
            $counts | Should -Be (@(250) * 6)
        }

        It 'needs a session there' {
            $ids = 1..2 | ForEach-Object -Parallel {
                try { Get-DcApiToken } catch { $_.FullyQualifiedErrorId }
            }
            $ids | Should -Be (@('SessionRequired,DeepsetCloud.Commands.GetDcApiTokenCommand') * 2)
        }
    }

    Context 'at the prompt' {
        It 'completes the parameters of one parameter set only' {
            $offered = (Get-Completion 'Get-DcApiToken -PageNumber 2 -').CompletionText
            $offered | Should -Contain '-Limit'
            $offered | Should -Not -Contain '-After'
            $offered | Should -Not -Contain '-IncludeTotalCount'
        }

        It 'completes the properties of what it writes' {
            (Get-Completion 'Get-DcApiToken | Where-Object IsEx').CompletionText | Should -Be 'IsExpired'
        }
    }
}
