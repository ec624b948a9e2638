BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:emulator = Open-Emulator -Tokens 1
    $script:connect = @{ BaseUri = $emulator.BaseUri; ApiKey = $emulator.Key }
}

AfterAll {
    Close-Emulator $emulator
}

Describe 'Get-DcSession' {
    AfterEach {
        Get-DcSession | Disconnect-DcSession
    }

    It 'writes nothing where there is no session, and says so to those who ask' {
        Get-DcSession | Should -BeNullOrEmpty
        Get-DcSession -Verbose 4>&1 | Out-String | Should -BeLike '*Connect-DcSession*'
    }

    It 'writes the default session' {
        $made = Connect-DcSession @connect -PassThru
        Get-DcSession | Should -BeExactly $made
    }

    It 'passes on the sessions that it is given' {
        $one = Connect-DcSession @connect -PassThru
        $two = Connect-DcSession @connect -PassThru
        $one, $two | Get-DcSession | Should -HaveCount 2
        (Get-DcSession -Session $one, $two).Count | Should -Be 2
        $one, $two | Disconnect-DcSession
    }

    It 'shows where the session leads and whose it is' {
        Connect-DcSession @connect
        $shown = Get-DcSession | Out-String -Width 200
        $shown | Should -BeLike "*$($emulator.BaseUri)*"
        $shown | Should -BeLike '*Analytical Engines*'
        $shown | Should -BeLike '*Ada Lovelace*'
    }

    It 'sorts, groups and selects like any object' {
        Connect-DcSession @connect
        $two = @(Get-DcSession) + @(Connect-DcSession @connect -PassThru)
        ($two | Sort-Object ConnectedAt -Descending | Select-Object -First 1) | Should -BeExactly $two[1]
        ($two | Group-Object BaseUri).Count | Should -Be 2
        $two | Disconnect-DcSession
    }

    It 'becomes a record without power when it is stored' {
        Connect-DcSession @connect
        $file = Join-Path $TestDrive 'session.xml'
        Get-DcSession | Export-Clixml $file
        $stored = Import-Clixml $file
        $stored.PSObject.TypeNames | Should -Contain 'Deserialized.DeepsetCloud.DcSession'
        "$($stored.BaseUri)" | Should -BeLike "$($emulator.BaseUri)*"
        { Get-DcApiToken -Session $stored } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    Context 'in several runspaces of one process' {
        It 'never sees the session of another' {
            Connect-DcSession @connect
            $other = [powershell]::Create()
            try {
                $null = $other.AddScript("Import-Module '$env:DEEPSETCLOUD_TEST_MODULE'; @(Get-DcSession).Count")
                $other.Invoke() | Should -Be 0
                $other.Commands.Clear()
                $null = $other.AddScript('param($connect) Connect-DcSession @connect; @(Get-DcSession).Count; Disconnect-DcSession').AddArgument($connect)
                $other.Invoke() | Should -Be 1
                $other.HadErrors | Should -BeFalse
            }
            finally {
                $other.Dispose()
            }
            (Get-DcSession).IsConnected | Should -BeTrue
            Get-DcApiToken | Should -HaveCount 1
        }

        It 'never sees the session of another in ForEach-Object -Parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
            Connect-DcSession @connect
            $seen = 1..4 | ForEach-Object -Parallel {
                @(Get-DcSession).Count
            } -ThrottleLimit 4
            $seen | Should -Be 0, 0, 0, 0
        }

        It 'does not reach a background job as a session' {
            Connect-DcSession @connect
            $counted = Start-Job { @(Get-DcSession).Count } | Receive-Job -Wait -AutoRemoveJob
            $counted | Should -Be 0
        }
    }
}
