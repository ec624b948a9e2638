BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:emulator = Open-Emulator -Tokens 3
    $script:connect = @{ BaseUri = $emulator.BaseUri; ApiKey = $emulator.Key }
}

AfterAll {
    Close-Emulator $emulator
}

Describe 'Disconnect-DcSession' {
    AfterEach {
        Get-DcSession | Disconnect-DcSession
    }

    It 'ends the default session, and what needs one says so' {
        Connect-DcSession @connect
        Disconnect-DcSession | Should -BeNullOrEmpty
        Get-DcSession | Should -BeNullOrEmpty
        $thrown = { Get-DcApiToken } | Should -Throw -ErrorId 'SessionRequired,*' -PassThru
        $thrown.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-DcSession*'
    }

    It 'takes sessions from the pipeline and leaves the others alone' {
        $one = Connect-DcSession @connect -PassThru
        $two = Connect-DcSession @connect -PassThru
        $one | Disconnect-DcSession
        $one.IsConnected | Should -BeFalse
        $two.IsConnected | Should -BeTrue
        Get-DcApiToken | Should -HaveCount 3
        { Get-DcApiToken -Session $one } | Should -Throw '*disconnected*' -ErrorId 'SessionRequired,*'
    }

    It 'can be done twice' {
        $session = Connect-DcSession @connect -PassThru
        $session, $session | Disconnect-DcSession -ErrorVariable failed
        Disconnect-DcSession -ErrorVariable +failed
        $failed | Should -BeNullOrEmpty
    }

    It 'leaves tokens that were read as what they are, but without their session' {
        Connect-DcSession @connect
        $tokens = Get-DcApiToken
        Disconnect-DcSession
        { $tokens | Remove-DcApiToken -ErrorAction Stop } | Should -Throw -ErrorId 'SessionRequired,*'
        (Get-EmulatorCount $emulator).tokens | Should -Be 3
    }

    It 'shows afterwards what it was, and never the key' {
        $session = Connect-DcSession @connect -PassThru
        Disconnect-DcSession
        $session | Format-List * -Force | Out-String | Should -Not -BeLike "*$($emulator.PlainKey)*"
        "$($session.User)" | Should -Be 'Ada Lovelace' -Because 'what was shown before may still be shown'
    }

    It 'closes the connections' {
        $session = Connect-DcSession @connect -PassThru
        $null = Get-DcApiToken
        (Get-EmulatorCount $emulator).open_connections | Should -BeGreaterThan 0
        $session | Disconnect-DcSession
        $deadline = [datetime]::UtcNow.AddSeconds(20)
        while ((Get-EmulatorCount $emulator).open_connections -gt 0 -and [datetime]::UtcNow -lt $deadline) { }
        (Get-EmulatorCount $emulator).open_connections | Should -Be 0
    }
}
