BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:emulator = Open-Emulator
    $script:connect = @{ BaseUri = $emulator.BaseUri; ApiKey = $emulator.Key }
    $script:session = Connect-DcSession @connect -PassThru
}

AfterAll {
    Disconnect-DcSession
    Close-Emulator $emulator
}

Describe 'New-DcApiToken' {
    BeforeEach {
        Reset-Emulator $emulator
    }

    Context 'the secret' {
        It 'is a SecureString that works as a key' {
            $created = New-DcApiToken -Name 'laptop' -ExpiresIn 90.00:00:00
            $created.ApiToken | Should -BeOfType [securestring]
            (Connect-DcSession -BaseUri $emulator.BaseUri -Credential ([pscredential]::new('x', $created.ApiToken)) -SkipVerification -PassThru |
                ForEach-Object { Get-DcApiToken -Session $_; Disconnect-DcSession $_ }).Name | Should -Be 'laptop'
            Connect-DcSession @connect
        }

        It 'is plain text on request, and only then' {
            $plain = New-DcApiToken -Name 'pipeline' -AsPlainText
            $plain | Should -BeOfType [string]
            $plain | Should -BeLike 'api_*'
        }

        It 'is not readable in <_>' -ForEach (Get-ViewName) {
            $created = New-DcApiToken -Name 'laptop'
            $plain = ConvertFrom-Secret $created.ApiToken
            $plain.Length | Should -BeGreaterThan 10
            $text = Show-InView $created $_
            $text | Should -Not -BeNullOrEmpty
            $text | Should -Not -BeLike "*$plain*"
        }

        It 'is not in a transcript of its creation' {
            $file = Join-Path $TestDrive 'transcript.txt'
            $null = Start-Transcript -Path $file
            try {
                $VerbosePreference = $DebugPreference = 'Continue'
                $created = New-DcApiToken -Name 'in-the-transcript'
                $created | Out-Host
            }
            finally {
                $VerbosePreference = $DebugPreference = 'SilentlyContinue'
                $null = Stop-Transcript
            }
            $text = Get-Content $file -Raw
            $text | Should -BeLike '*POST /api/v1/token*'
            $text | Should -BeLike '*in-the-transcript*'
            $text | Should -Not -BeLike "*$(ConvertFrom-Secret $created.ApiToken)*"
            $text | Should -Not -BeLike "*$($emulator.PlainKey)*"
        }

        It 'shows no member but its own' {
            Get-PropertyName (New-DcApiToken -Name 'laptop') |
                Should -Be 'ApiToken', 'ApiTokenId', 'ExpiresAt', 'Name', 'Type', 'Workspaces'
        }
    }

    Context 'from the pipeline' {
        It 'makes what a CSV file lists, an empty cell being what is not said' {
            $file = Join-Path $TestDrive 'tokens.csv'
            Set-Content $file @(
                'Name,Type,ExpiresAt,Workspace,RoleId'
                'web,Service,2031-05-20T13:30:46.463Z,production,'
                'laptop,Personal,2030-01-01T00:00:00+02:00,production,7aff1a3a-2fa9-4467-b392-51aa52c3f5ad'
                'plain,,,,'
            )
            $created = Import-Csv $file | New-DcApiToken -ErrorVariable failed
            $failed | Should -BeNullOrEmpty
            $created.Name | Should -Be 'web', 'laptop', 'plain'
            $listed = Get-DcApiToken | Group-Object Name -AsHashTable -AsString
            $listed.Count | Should -Be 3
            $listed['web'].Type | Should -Be 'Service'
            $listed['web'].ExpiresAt.UtcDateTime.ToString('o') | Should -Be '2031-05-20T13:30:46.4630000Z'
            $listed['laptop'].ExpiresAt.UtcDateTime.ToString('o') | Should -Be '2029-12-31T22:00:00.0000000Z'
            $listed['laptop'].RoleId | Should -Be '7aff1a3a-2fa9-4467-b392-51aa52c3f5ad'
            $listed['plain'].ExpiresAt | Should -BeNullOrEmpty
        }

        It 'makes what objects describe, one parameter set after another' {
            $wanted = @(
                [pscustomobject]@{ Name = 'for-a-day'; ExpiresIn = '1.00:00:00' }
                [pscustomobject]@{ Name = 'for-ever'; NeverExpires = $true }
                [pscustomobject]@{ Name = 'as-the-service-likes' }
            )
            ($wanted | New-DcApiToken).Name | Should -Be 'for-a-day', 'for-ever', 'as-the-service-likes'
            (Get-DcApiToken 'for-ever').ExpiresAt | Should -BeNullOrEmpty
            $left = (Get-DcApiToken 'for-a-day').ExpiresAt - [DateTimeOffset]::UtcNow
            $left.TotalHours | Should -BeGreaterThan 23
            $left.TotalHours | Should -BeLessThan 24.1
        }

        It 'stops creating when nothing downstream wants more' {
            $null = Get-DcSession -RecoverToken
            1..5 | ForEach-Object { [pscustomobject]@{ Name = "token-$_" } } | New-DcApiToken | Select-Object -First 2 | Should -HaveCount 2
            (Get-DcApiToken).Name | Sort-Object | Should -Be 'token-1', 'token-2'
            Get-DcSession -RecoverToken | Should -BeNullOrEmpty -Because 'both were delivered'
        }

        It 'goes on after an entry that is refused' {
            $wanted = 'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ Name = $_; RoleId = $(if ($_ -eq 'b') { 'no uuid' }) } }
            $created = $wanted | New-DcApiToken -ErrorAction SilentlyContinue -ErrorVariable failed
            $created.Name | Should -Be 'a', 'c'
            $failed | Should -HaveCount 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'InvalidRequest,DeepsetCloud.Commands.NewDcApiTokenCommand'
            $failed[0].TargetObject | Should -Be 'b'
        }

        It 'works in parallel with the session that it is given' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
            $session = Get-DcSession
            $created = 1..8 | ForEach-Object -Parallel {
                New-DcApiToken -Name "parallel-$_" -Session $using:session
            } -ThrottleLimit 8
            $created | Should -HaveCount 8
            ($created | ForEach-Object { ConvertFrom-Secret $_.ApiToken } | Sort-Object -Unique) | Should -HaveCount 8
            (Get-DcApiToken 'parallel-*').Count | Should -Be 8
        }
    }

    Context 'when its pipeline ends early' {
        BeforeEach {
            $null = Get-DcSession -RecoverToken
        }

        It 'keeps what was made of a file before a cell that cannot be read' {
            $file = Join-Path $TestDrive 'broken.csv'
            Set-Content $file 'Name,ExpiresAt', 'one,2031-05-20T13:30Z', 'two,', 'three,soon', 'four,'
            { $script:created = Import-Csv $file | New-DcApiToken -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
            $created | Should -BeNullOrEmpty
            (Get-DcSession -RecoverToken).Name | Should -Be 'two', 'one'
            (Get-EmulatorCount $emulator).created - $emulator.CreatedBefore | Should -Be 2
        }

        It 'keeps what a vault did not take' {
            { New-DcApiToken -Name 'deploy' | Set-Content -Path (Join-Path $TestDrive 'no/such/folder/file') -ErrorAction Stop } | Should -Throw
            (Get-DcSession -RecoverToken).Name | Should -Be 'deploy'
        }

        It 'keeps what <_> loses' -ForEach 'Write-Error failed -ErrorAction Stop', 'throw "failed"', '1, 2 | Sort-Object -Property { throw "failed" } -ErrorAction Stop; throw "failed"' {
            $failing = [scriptblock]::Create($_)
            { New-DcApiToken -Name 'one' | ForEach-Object $failing } | Should -Throw
            (Get-DcSession -RecoverToken).Name | Should -Be 'one'
            { New-DcApiToken -Name 'two' | ForEach-Object { $_ } -End $failing } | Should -Throw
            (Get-DcSession -RecoverToken).Name | Should -Be 'two'
            { & { [pscustomobject]@{ Name = 'three' }; & $failing } | New-DcApiToken } | Should -Throw
            (Get-DcSession -RecoverToken).Name | Should -Be 'three'
        }

        It 'keeps it in the session that a parallel runspace was given' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
            $session = Get-DcSession
            1..4 | ForEach-Object -Parallel { try { New-DcApiToken -Name "p$_" -Session $using:session | ForEach-Object { throw 'failed' } } catch { $null = $_ } } 3> $null
            (Get-DcSession -RecoverToken).Name | Sort-Object | Should -Be 'p1', 'p2', 'p3', 'p4'
        }

        It 'says so where a script ends in the middle of it' {
            $run = Invoke-InNewShell @"
                `$env:DEEPSET_API_KEY = '$($emulator.PlainKey)'; `$env:DEEPSET_API_URL = '$($emulator.BaseUri)'
                `$null = New-DcApiToken -Name 'lost-with-the-process' | ForEach-Object { exit 3 }
"@
            $run.ExitCode | Should -Be 3
            ($run.Output -replace '\s+', ' ') | Should -BeLike "*'lost-with-the-process' was created, but may not have been delivered*"
        }
    }

    Context 'that is only displayed' {
        BeforeEach {
            $null = Get-DcSession -RecoverToken
        }

        It 'can be recovered after <_>' -ForEach 'Out-String', 'Format-List | Out-String', 'Format-Table | Out-String -Width 80' {
            $shown = & ([scriptblock]::Create("New-DcApiToken -Name 'shown' | $_"))
            ($shown -replace '\s+', ' ') | Should -BeLike '*Get-DcSession -RecoverToken*'
            $created = Get-DcSession -RecoverToken
            $created.Name | Should -Be 'shown'
            $shown | Should -Not -BeLike "*$(ConvertFrom-Secret $created.ApiToken)*"
        }

        It 'is not kept where it was stored: <_>' -ForEach '$created = New-DcApiToken', 'New-DcApiToken | ConvertTo-Json', 'New-DcApiToken | Select-Object Name', 'New-DcApiToken -AsPlainText' {
            $null = & ([scriptblock]::Create($_))
            Get-DcSession -RecoverToken | Should -BeNullOrEmpty
        }
    }

    Context 'before it creates' {
        It 'says under -WhatIf what it would do, and does nothing' {
            $file = Join-Path $TestDrive 'whatif.txt'
            $null = Start-Transcript -Path $file
            try { New-DcApiToken -Name 'perhaps' -WhatIf | Should -BeNullOrEmpty }
            finally { $null = Stop-Transcript }
            Get-Content $file -Raw | Should -BeLike "*What if:*Create*'perhaps'*"
            (Get-EmulatorCount $emulator).created | Should -Be $emulator.CreatedBefore
        }

        It 'obeys $WhatIfPreference' {
            $WhatIfPreference = $true
            New-DcApiToken -Name 'perhaps' | Should -BeNullOrEmpty
            $WhatIfPreference = $false
            (Get-EmulatorCount $emulator).created | Should -Be $emulator.CreatedBefore
        }

        It 'asks under -Confirm, and fails where nobody can answer' {
            $run = Invoke-InNewShell -NonInteractive @"
                `$env:DEEPSET_API_KEY = '$($emulator.PlainKey)'; `$env:DEEPSET_API_URL = '$($emulator.BaseUri)'
                try { New-DcApiToken -Name 'perhaps' -Confirm; 'created' } catch { 'refused' }
"@
            $run.Output | Should -BeLike '*refused*'
            (Get-EmulatorCount $emulator).created | Should -Be $emulator.CreatedBefore
        }

        It 'takes <answer> to -Confirm as <made> created' -ForEach @{ Answer = 'n'; Made = 0 }, @{ Answer = 'y'; Made = 1 } {
            $run = Invoke-InNewShell -Answer $answer @"
                `$env:DEEPSET_API_KEY = '$($emulator.PlainKey)'; `$env:DEEPSET_API_URL = '$($emulator.BaseUri)'
                `$null = New-DcApiToken -Name 'perhaps' -Confirm
"@
            $run.Output | Should -BeLike "*'perhaps'*"
            (Get-EmulatorCount $emulator).created - $emulator.CreatedBefore | Should -Be $made
        }

        It 'refuses a life that is over before it begins' {
            { New-DcApiToken -Name 'late' -ExpiresIn (-1 * [timespan]::FromDays(1)) -ErrorAction Stop } | Should -Throw '*-ExpiresIn*' -ErrorId 'InvalidRequest,*'
            $Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        }

        It 'does not let two expiries be given' {
            { New-DcApiToken -ExpiresIn 1.00:00:00 -NeverExpires } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context 'at the prompt' {
        It 'completes the types and the roles' {
            (Get-Completion 'New-DcApiToken -Type ').CompletionText | Should -Be 'Personal', 'Service'
            (Get-Completion 'New-DcApiToken -OrganizationRole ').CompletionText | Sort-Object | Should -Be 'Admin', 'External', 'Member'
        }
    }
}
