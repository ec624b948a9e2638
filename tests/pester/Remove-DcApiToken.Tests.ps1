BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:emulator = Open-Emulator
    Connect-DcSession -BaseUri $emulator.BaseUri -ApiKey $emulator.Key
    $script:inNewShell = "`$env:DEEPSET_API_KEY = '$($emulator.PlainKey)'; `$env:DEEPSET_API_URL = '$($emulator.BaseUri)';"
}

AfterAll {
    Disconnect-DcSession
    Close-Emulator $emulator
}

Describe 'Remove-DcApiToken' {
    BeforeEach {
        Reset-Emulator $emulator -Tokens 12
    }

    Context 'from the pipeline' {
        It 'removes the expired ones and no other' {
            $kept = Get-DcApiToken | Where-Object { -not $_.IsExpired }
            Get-DcApiToken | Where-Object IsExpired | Remove-DcApiToken | Should -BeNullOrEmpty
            (Get-DcApiToken).ApiTokenId | Should -Be $kept.ApiTokenId
            $kept | Should -HaveCount 9
        }

        It 'removes all of many, though pages shift below it' {
            Reset-Emulator $emulator -Tokens 250
            Get-DcApiToken | Remove-DcApiToken
            (Get-EmulatorCount $emulator).tokens | Should -Be 0
        }

        It 'removes what a file of objects names, by property name' {
            $file = Join-Path $TestDrive 'tokens.xml'
            Get-DcApiToken -First 4 | Export-Clixml $file
            $kept = Get-DcApiToken -Skip 4
            Import-Clixml $file | Remove-DcApiToken
            (Get-DcApiToken).ApiTokenId | Should -Be $kept.ApiTokenId
        }

        It 'removes what a CSV file names' {
            $file = Join-Path $TestDrive 'tokens.csv'
            Get-DcApiToken -First 4 | Select-Object ApiTokenId, Name | Export-Csv $file -NoTypeInformation
            Import-Csv $file | Remove-DcApiToken
            (Get-EmulatorCount $emulator).tokens | Should -Be 8
        }

        It 'never takes the total of -IncludeTotalCount for a token' {
            $kept = Get-DcApiToken -Skip 2
            Get-DcApiToken -First 2 -IncludeTotalCount | Remove-DcApiToken -ErrorAction SilentlyContinue -ErrorVariable failed
            (Get-DcApiToken).ApiTokenId | Should -Be $kept.ApiTokenId
            $failed | Should -HaveCount 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        }

        It 'takes neither text nor numbers by value' {
            $id = (Get-DcApiToken -First 1).ApiTokenId
            $before = (Get-EmulatorCount $emulator).requests
            $id, 7 | Remove-DcApiToken -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed | Should -HaveCount 2
            (Get-EmulatorCount $emulator).requests | Should -Be $before -Because 'nothing may even be sent'
        }

        It 'writes what it removed with -PassThru, ready for the next command' {
            $removed = Get-DcApiToken | Where-Object IsExpired | Remove-DcApiToken -PassThru | Sort-Object Name
            $removed | Should -HaveCount 3
            $removed[0].PSObject.TypeNames[0] | Should -Be 'DeepsetCloud.ApiToken'
            ($removed | Group-Object IsExpired).Name | Should -Be 'True'
        }

        It 'removes nothing more once nothing downstream wants more' {
            $first = Get-DcApiToken | Remove-DcApiToken -ThrottleLimit 1 -PassThru | Select-Object -First 1
            $first | Should -HaveCount 1
            (Get-EmulatorCount $emulator).tokens | Should -BeGreaterThan 9
            (Get-DcApiToken).ApiTokenId | Should -Not -Contain $first.ApiTokenId
        }
    }

    Context 'several organizations' {
        BeforeAll {
            $script:second = Open-Emulator -Tokens 5
        }

        AfterAll {
            Close-Emulator $second
        }

        It 'removes each token where it was read' {
            $here = Get-DcSession
            $there = Connect-DcSession -BaseUri $second.BaseUri -ApiKey $second.Key -PassThru
            Connect-DcSession -BaseUri $emulator.BaseUri -ApiKey $emulator.Key
            Get-DcApiToken -Session $here, $there | Where-Object IsExpired | Remove-DcApiToken
            (Get-EmulatorCount $emulator).tokens | Should -Be 9
            (Get-EmulatorCount $second).tokens | Should -BeLessThan 5
            Get-DcApiToken -Session $there | Where-Object IsExpired | Should -BeNullOrEmpty
            $here, $there | Disconnect-DcSession
        }

        It 'refuses a token of one for the session of the other' {
            $there = Connect-DcSession -BaseUri $second.BaseUri -ApiKey $second.Key -PassThru
            Connect-DcSession -BaseUri $emulator.BaseUri -ApiKey $emulator.Key
            { Get-DcApiToken -First 1 | Remove-DcApiToken -Session $there -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
            (Get-EmulatorCount $emulator).tokens | Should -Be 12
            $there | Disconnect-DcSession
        }
    }

    Context 'before it removes' {
        It 'says under -WhatIf what it would do, and does nothing, -Force or not' {
            $file = Join-Path $TestDrive 'whatif.txt'
            $token = Get-DcApiToken -First 1
            $null = Start-Transcript -Path $file
            try {
                $token | Remove-DcApiToken -WhatIf
                $token | Remove-DcApiToken -WhatIf -Force
                $WhatIfPreference = $true
                $token | Remove-DcApiToken -Force
            }
            finally {
                $WhatIfPreference = $false
                $null = Stop-Transcript
            }
            $lines = @(Get-Content $file | Where-Object { $_ -like "What if:*Remove*$($token.ApiTokenId)*" })
            $lines | Should -HaveCount 3
            $lines[0] | Should -BeLike "*'$($token.Name)'*"
            (Get-EmulatorCount $emulator).tokens | Should -Be 12
        }

        It 'asks no question in an unattended run' {
            $run = Invoke-InNewShell -NonInteractive "$inNewShell Get-DcApiToken | Where-Object IsExpired | Remove-DcApiToken; 'done'"
            $run.Output | Should -BeLike '*done*'
            (Get-EmulatorCount $emulator).tokens | Should -Be 9
        }

        It 'fails under -Confirm where nobody can answer, and removes nothing' {
            $run = Invoke-InNewShell -NonInteractive "$inNewShell try { Get-DcApiToken | Remove-DcApiToken -Confirm; 'done' } catch { 'refused' }"
            $run.Output | Should -BeLike '*refused*'
            (Get-EmulatorCount $emulator).tokens | Should -Be 12
        }

        It 'asks for each token and heeds each answer' {
            $run = Invoke-InNewShell -Answer 'n', 'y', 'y', 'l' "$inNewShell Get-DcApiToken | Remove-DcApiToken -Confirm"
            $run.Output | Should -BeLike '*Are you sure*'
            (Get-EmulatorCount $emulator).tokens | Should -Be 10
        }
    }

    Context 'what goes wrong' {
        It 'is an error for that token, and the others are removed' {
            $missing = [guid]::NewGuid().ToString()
            $ids = (Get-DcApiToken -First 2).ApiTokenId
            $Error.Clear()
            Remove-DcApiToken $ids[0], $missing, $ids[1] -ErrorAction SilentlyContinue
            (Get-EmulatorCount $emulator).tokens | Should -Be 10
            $Error | Should -HaveCount 1
            $Error[0].FullyQualifiedErrorId | Should -Be 'ApiTokenNotFound,DeepsetCloud.Commands.RemoveDcApiTokenCommand'
            $Error[0].TargetObject | Should -Be $missing
            $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'ends under -ErrorAction Stop with nothing after it removed' {
            $missing = [guid]::NewGuid().ToString()
            $ids = (Get-DcApiToken -First 6).ApiTokenId
            { Remove-DcApiToken (@($ids[0], $missing) + $ids[1..5]) -ErrorAction Stop } | Should -Throw -ErrorId 'ApiTokenNotFound,*'
            (Get-EmulatorCount $emulator).tokens | Should -Be 11
        }

        It 'obeys $ErrorActionPreference in the same way' {
            $ids = (Get-DcApiToken -First 3).ApiTokenId
            $ErrorActionPreference = 'Stop'
            { Remove-DcApiToken (@([guid]::NewGuid().ToString()) + $ids) } | Should -Throw -ErrorId 'ApiTokenNotFound,*'
            (Get-EmulatorCount $emulator).tokens | Should -Be 12
        }

        It 'never lets an id become a path: <_>' -ForEach '..', '../me', 'a/b', 'x?y=1', '%2e%2e', '#', ' ' {
            $before = (Get-EmulatorCount $emulator).requests
            { Remove-DcApiToken -ApiTokenId $_ -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
            (Get-EmulatorCount $emulator).requests | Should -Be $before
        }
    }

    It 'removes in parallel runspaces with the tokens that it is given' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        Get-DcApiToken | ForEach-Object -Parallel {
            $_ | Remove-DcApiToken
        } -ThrottleLimit 4
        (Get-EmulatorCount $emulator).tokens | Should -Be 0
    }
}
