BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:emulator = Open-Emulator
    $script:address = @{ BaseUri = $emulator.BaseUri }
}

AfterAll {
    Close-Emulator $emulator
}

Describe 'Connect-DcSession' {
    AfterEach {
        Get-DcSession | Disconnect-DcSession
        $env:DEEPSET_API_KEY = $env:DEEPSET_API_URL = $null
    }

    Context 'the key' {
        It 'comes from -ApiKey, and the session becomes the default' {
            Connect-DcSession @address -ApiKey $emulator.Key | Should -BeNullOrEmpty
            $session = Get-DcSession
            $session.IsConnected | Should -BeTrue
            "$($session.User)" | Should -Be 'Ada Lovelace'
            "$($session.Organization)" | Should -Be 'Analytical Engines'
        }

        It 'comes from the password of -Credential' {
            $credential = [pscredential]::new('deepset', $emulator.Key)
            (Connect-DcSession @address -Credential $credential -PassThru).User.Email | Should -Be 'ada.lovelace@example.com'
        }

        It 'comes from the environment, and only the name of the variable is told' {
            $env:DEEPSET_API_KEY = $emulator.PlainKey
            $env:DEEPSET_API_URL = $emulator.BaseUri
            $told = Connect-DcSession -Verbose 4>&1 | Out-String
            Get-DcSession | Should -Not -BeNullOrEmpty
            $told | Should -BeLike '*DEEPSET_API_KEY*'
            $told | Should -Not -BeLike "*$($emulator.PlainKey)*"
        }

        It 'may come with the word Bearer, as people paste it' {
            Connect-DcSession @address -ApiKey (ConvertTo-Secret "Bearer $($emulator.PlainKey)")
            Get-DcSession | Should -Not -BeNullOrEmpty
        }
    }

    Context 'beside the default session' {
        It 'makes a session that only those use who are given it' {
            Connect-DcSession @address -ApiKey $emulator.Key
            $default = Get-DcSession
            $second = Connect-DcSession @address -ApiKey $emulator.Key -NoDefault -PassThru
            Get-DcSession | Should -BeExactly $default
            Disconnect-DcSession
            $second.IsConnected | Should -BeTrue
            Disconnect-DcSession $second
        }

        It 'is refused where nobody would have it' {
            { Connect-DcSession @address -ApiKey $emulator.Key -NoDefault } | Should -Throw '*-PassThru*' -ErrorId 'InvalidRequest,*'
        }
    }

    Context 'what goes wrong' {
        It 'refuses a wrong key with an error that try and catch see' {
            $wrong = 'api_wrong_key_1234567890'
            { Connect-DcSession @address -ApiKey (ConvertTo-Secret $wrong) } |
                Should -Throw -ErrorId 'Unauthorized,DeepsetCloud.Commands.ConnectDcSessionCommand'
            $Error[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
            $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            Get-DcSession | Should -BeNullOrEmpty
            foreach ($view in Get-ViewName) {
                Show-InView $Error[0] $view -Depth 2 | Should -Not -BeLike "*$wrong*" -Because "the error in $view must not show the key"
            }
        }

        It 'says what to do where there is no key at all' {
            { Connect-DcSession @address } | Should -Throw '*DEEPSET_API_KEY*' -ErrorId 'SessionRequired,*'
        }

        It 'refuses an address and a region together' {
            { Connect-DcSession @address -Region US -ApiKey $emulator.Key } | Should -Throw -ErrorId 'InvalidRequest,*'
        }

        It 'refuses plain http to another computer before anything is sent' {
            { Connect-DcSession -BaseUri 'http://deepset.example' -ApiKey $emulator.Key } | Should -Throw -ErrorId 'InvalidRequest,*'
        }

        It 'does not take the key as a plain string' {
            { Connect-DcSession @address -ApiKey $emulator.PlainKey } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        }
    }

    Context 'the secret' {
        It 'is not to be seen in <_>' -ForEach (Get-ViewName) {
            $session = Connect-DcSession @address -ApiKey $emulator.Key -PassThru
            $text = Show-InView $session $_
            $text | Should -Not -BeNullOrEmpty
            $text | Should -Not -BeLike "*$($emulator.PlainKey)*"
            $hex = -join ([System.Text.Encoding]::Unicode.GetBytes($emulator.PlainKey) | ForEach-Object { $_.ToString('x2') })
            $text | Should -Not -BeLike "*$hex*"
        }

        It 'is not in a transcript, however much is told' {
            $file = Join-Path $TestDrive 'transcript.txt'
            $null = Start-Transcript -Path $file
            try {
                $VerbosePreference = $DebugPreference = 'Continue'
                Connect-DcSession @address -ApiKey $emulator.Key
                Get-DcSession | Format-List * -Force | Out-Host
                Get-DcApiToken -First 1 | Out-Host
            }
            finally {
                $VerbosePreference = $DebugPreference = 'SilentlyContinue'
                $null = Stop-Transcript
            }
            $text = Get-Content $file -Raw
            $text | Should -BeLike "*$($emulator.BaseUri)*"
            $text | Should -BeLike '*GET /api/v1/me*'
            $text | Should -Not -BeLike "*$($emulator.PlainKey)*"
        }

        It 'is in no variable that a prompt lists' {
            $run = Invoke-InNewShell -NonInteractive @"
                `$null = Connect-DcSession -BaseUri '$($emulator.BaseUri)' -ApiKey ([System.Net.NetworkCredential]::new('', '$($emulator.PlainKey)').SecurePassword)
                Get-Variable | Out-String -Width 1000
"@
            $run.Output | Should -BeLike '*PSVersionTable*'
            $run.Output | Should -Not -BeLike '*DeepsetCloud*'
            $run.Output | Should -Not -BeLike "*$($emulator.PlainKey)*"
        }
    }

    Context 'at the prompt' {
        It 'completes the regions' {
            (Get-Completion 'Connect-DcSession -Region ').CompletionText | Should -Be 'EU', 'US'
        }

        It 'completes its parameters' {
            (Get-Completion 'Connect-DcSession -Max').CompletionText | Should -Be '-MaximumRetryCount'
        }

        It 'shows members that say what they are, and none that hides' {
            $session = Connect-DcSession @address -ApiKey $emulator.Key -PassThru
            Get-PropertyName $session |
                Should -Be 'BaseUri', 'ConnectedAt', 'IsConnected', 'MaximumRetryCount', 'Organization', 'TimeoutSec', 'User'
        }
    }
}
