BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    Import-Module $PSScriptRoot/Support/EmulatorTokens.psm1
    $script:emulator = Open-Emulator
    $null = Add-EmulatorToken $emulator @{ name = 'old'; days = -400 }, @{ name = 'soon'; days = 3 }, @{ name = 'always'; personal = $false }
    $script:connect = @{ BaseUri = $emulator.BaseUri; ApiKey = $emulator.Key }
    Connect-DcSession @connect
    $script:tokens = @{}
    Get-DcApiToken | ForEach-Object { $tokens[$_.Name] = $_ }

    # What is left of a token in a CLIXML file, a job or a remote session.
    $script:copies = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($tokens.Values, 3))

    # What a window of that width shows, line by line, without the colours that PowerShell gives to labels.
    function Get-Shown([object[]] $What, [int] $Width = 120) { ($What | Out-String -Width $Width -Stream) -replace '\x1b\[[0-9;]*m' -ne '' }
}

AfterAll {
    Get-DcSession | Disconnect-DcSession
    Close-Emulator $emulator
}

Describe 'The table of tokens' {
    It 'shows at <width> columns <columns>' -ForEach @(
        @{ Width = 80; Columns = 'ApiTokenId', 'Name', 'Expires' }
        @{ Width = 120; Columns = 'ApiTokenId', 'Name', 'Expires', 'State', 'Type', 'Owner' }
        @{ Width = 200; Columns = 'ApiTokenId', 'Name', 'Expires', 'State', 'Type', 'Owner' }
    ) {
        $lines = Get-Shown ($tokens['soon'], $tokens['always']) -Width $width
        $lines | Where-Object Length -GT $width | Should -BeNullOrEmpty
        $lines[0].Trim() -split ' +' | Should -Be $columns
        $local = $tokens['soon'].ExpiresAt.ToLocalTime().ToString('yyyy-MM-dd HH:mm')
        $more = if ($columns -contains 'Owner') { ' in 3 days +Personal +Ada Lovelace', ' +valid +Service +Ada Lovelace' } else { '', '' }
        $lines[2] | Should -Match "^$($tokens['soon'].ApiTokenId) soon +$local$($more[0]) *$"
        $lines[3] | Should -Match "^$($tokens['always'].ApiTokenId) always +never$($more[1]) *$"
    }

    It 'shows deserialised tokens just so' {
        Get-Shown $copies | Should -Be (Get-Shown $tokens.Values)
    }

    It 'gives a colour to what needs a look only where colours are on: <_>' -Skip:($PSVersionTable.PSVersion.Major -lt 7) -ForEach 'Ansi', 'PlainText', 'Host' {
        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = $_
        try { $shown = $tokens.Values | Out-String -Width 120 } finally { $PSStyle.OutputRendering = $before }
        $colours = [regex]::Matches($shown, '(\x1b\[3[13]m)(expired|in 3 days)(\x1b\[0m)').Count
        $colours | Should -Be $(if ($_ -eq 'Ansi') { 2 } else { 0 })
        $shown | Should -Match 'expired(?s:.*)in 3 days|in 3 days(?s:.*)expired'
    }

    It 'makes nothing up of a token that was removed by its id' {
        $null = Add-EmulatorToken $emulator @{ name = 'short-lived' }
        $id = (Get-DcApiToken -Name 'short-lived').ApiTokenId
        $lines = Get-Shown (Remove-DcApiToken $id -PassThru)
        $lines[2].Trim() | Should -Be $id
    }

    It 'still shows when a token expires in a constrained language mode' {
        $other = [powershell]::Create()
        try {
            $null = $other.AddScript('param($Module, $Connect) Import-Module $Module; Connect-DcSession @Connect').AddArgument($env:DEEPSETCLOUD_TEST_MODULE).AddArgument($connect)
            $null = $other.Invoke()
            $other.Commands.Clear()
            $null = $other.AddScript('$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; Get-DcApiToken -Name old | Out-String -Width 120')
            $other.Invoke() | Should -Match "old +\S*$($tokens['old'].ExpiresAt.Year)(?s:.*)expired"
        }
        finally { $other.Dispose() }
    }
}

Describe 'The view of a created token' {
    It 'shows what it is and not its secret, without steering the terminal' {
        $evil = 'evil{0}[1A{0}[2K{0}]0;x{1}{2}name' -f [char]27, [char]7, [char]0x202e
        $created = New-DcApiToken -Name $evil -Type Service -Workspace production
        $shown = Get-Shown $created | Out-String
        $shown | Should -Match 'Name +: evil.*name'
        $shown | Should -Not -Match '[\x1b\x07\u202e]'
        $shown | Should -Match 'Type +: Service'
        $shown | Should -Match 'Workspaces +: \{production\}'
        $shown | Should -BeLike '*Get-DcSession -RecoverToken writes it again*'
        $shown | Should -Not -BeLike "*$(ConvertFrom-Secret $created.ApiToken)*"
    }

    It 'says where the secret is behind a table of other objects, too' {
        $shown = & { Get-DcApiToken -First 1; New-DcApiToken second } | Out-String
        $shown | Should -BeLike '*Get-DcSession -RecoverToken writes it again*'
        (Get-DcSession -RecoverToken).Name | Should -Contain 'second'
    }
}

Describe 'The view of a session' {
    It 'shows where it leads and who is signed in' {
        (Get-Shown (Get-DcSession))[2] | Should -Match "^$($emulator.BaseUri)/ +Analytical Engines +Ada Lovelace +True"
    }
}
