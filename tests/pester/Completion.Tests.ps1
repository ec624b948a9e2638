BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    Import-Module $PSScriptRoot/Support/EmulatorTokens.psm1
    $script:emulator = Open-Emulator
    $null = Add-EmulatorToken $emulator @{ name = 'pipeline-wanted' }, @{ name = 'other'; days = 3 }
    Connect-DcSession -BaseUri $emulator.BaseUri -ApiKey $emulator.Key
    $script:wanted = (Get-DcApiToken -Name 'pipeline-wanted').ApiTokenId
}

AfterAll {
    Get-DcSession | Disconnect-DcSession
    Close-Emulator $emulator
}

Describe 'Completion of token ids' {
    It 'offers them with name, owner and expiry: <_>' -ForEach 'Remove-DcApiToken ', 'Remove-DcApiToken -ApiTokenId ', 'Get-DcApiToken -ApiTokenId ' {
        $offered = Get-Completion $_
        $offered | Should -HaveCount 2
        $match = $offered | Where-Object ListItemText -EQ 'pipeline-wanted'
        $match.CompletionText | Should -Be $wanted
        $match.ToolTip | Should -Be 'pipeline-wanted, Ada Lovelace, expires never'
    }

    It 'goes by a part of the name and by the beginning of the id' {
        foreach ($typed in 'WANTED', $wanted.Substring(0, 8)) {
            (Get-Completion "Remove-DcApiToken $typed").ListItemText | Should -Be 'pipeline-wanted'
        }
    }

    It 'is silent where it fails: <_>' -ForEach 'Remove-DcApiToken -ApiTokenId ', "Remove-DcApiToken -Session 'nonsense' -ApiTokenId " {
        Connect-DcSession -BaseUri $emulator.BaseUri -ApiKey (ConvertTo-Secret 'wrong') -SkipVerification
        $Error.Clear()
        Get-Completion $_ | Should -BeNullOrEmpty -Because 'not even the names of files are offered'
        $Error | Should -BeNullOrEmpty
    }
}
