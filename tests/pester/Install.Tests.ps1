BeforeDiscovery {
    $name = 'DeepsetCloudTest'
    $script:managers = @(
        # Windows PowerShell has PowerShellGet alone.
        if ($PSVersionTable.PSEdition -eq 'Core') {
            @{
                Manager   = 'PSResourceGet'
                Register  = "Register-PSResourceRepository $name -Uri '{0}' -Trusted"
                Find      = "(Find-PSResource DeepsetCloud -Repository $name).Author"
                FindByUse = "(Find-PSResource -CommandName New-DcApiToken -Repository $name -ErrorAction Ignore).ParentResource.Name"
                Install   = "Install-PSResource DeepsetCloud -Repository $name"
                Save      = "Save-PSResource DeepsetCloud -Repository $name -Path '{0}'"
                Update    = "Update-PSResource DeepsetCloud -Repository $name"
                List      = "(Get-InstalledPSResource DeepsetCloud).Version"
                Uninstall = "Uninstall-PSResource DeepsetCloud -Version '*'"
                Forget    = "Unregister-PSResourceRepository $name"
            }
        }
        @{
            Manager   = 'PowerShellGet'
            Register  = "Register-PSRepository $name -SourceLocation '{0}' -InstallationPolicy Trusted"
            Find      = "(Find-Module DeepsetCloud -Repository $name).Author"
            FindByUse = "(Find-Command New-DcApiToken -Repository $name).ModuleName"
            Install   = "Install-Module DeepsetCloud -Repository $name -Scope CurrentUser"
            Save      = "Save-Module DeepsetCloud -Repository $name -Path '{0}'"
            Update    = "Update-Module DeepsetCloud"
            List      = "(Get-InstalledModule DeepsetCloud -AllVersions).Version"
            Uninstall = "Uninstall-Module DeepsetCloud -AllVersions"
            Forget    = "Unregister-PSRepository $name"
        }
    )

    # Windows asks no variable where a user's modules are, so that only a computer that is thrown away can be used there.
    $script:notHere = $env:OS -eq 'Windows_NT' -and -not $env:CI
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:manifest = Import-PowerShellDataFile $env:DEEPSETCLOUD_TEST_MODULE
    $script:version = [version]$manifest.ModuleVersion
    $script:next = [version]::new($version.Major, $version.Minor, $version.Build + 1)
    $script:emulator = Open-Emulator -Tokens 1

    # Pester empties its own folder after every context.
    $script:work = Join-Path ([System.IO.Path]::GetTempPath()) "DeepsetCloud.Install.$([guid]::NewGuid().ToString('n'))"

    # What a user would have after the next release: the same module with a later version.
    $staged = Join-Path $work "next/DeepsetCloud/$next"
    $null = New-Item -ItemType Directory (Split-Path $staged)
    Copy-Item (Split-Path $env:DEEPSETCLOUD_TEST_MODULE) $staged -Recurse
    $file = Join-Path $staged 'DeepsetCloud.psd1'
    (Get-Content $file -Raw).Replace("'$version'", "'$next'") | Set-Content $file -Encoding UTF8
    $null = New-Package -Path $staged -DestinationPath "$work/next"

    # A user's home, with nothing in it, and the variables by which a process is at home there.
    function Open-UserHome([string] $Path) {
        # Without this folder, PSResourceGet takes the current one for its own.
        $null = New-Item -ItemType Directory "$Path/.local/share", "$Path/tmp", "$Path/feed", "$Path/saved"
        Copy-Item $env:DEEPSETCLOUD_TEST_PACKAGE "$Path/feed"
        @{
            HOME            = $Path
            USERPROFILE     = $Path
            APPDATA         = Join-Path $Path 'AppData/Roaming'
            LOCALAPPDATA    = Join-Path $Path 'AppData/Local'
            XDG_CONFIG_HOME = $null
            XDG_DATA_HOME   = $null
            XDG_CACHE_HOME  = $null
            TMPDIR          = Join-Path $Path 'tmp'
            TEMP            = Join-Path $Path 'tmp'
            TMP             = Join-Path $Path 'tmp'
            PSModulePath    = $null
            DEEPSET_API_KEY = $emulator.PlainKey
            DEEPSET_API_URL = $emulator.BaseUri
        }
    }

    # A script in a new shell, at home; that it ends well is part of every test.
    function Invoke-AtHome([string] $Script, [hashtable] $With = @{}) {
        $variables = $userHome.Clone()
        foreach ($variable in $With.Keys) { $variables[$variable] = $With[$variable] }
        $before = @{}
        try {
            foreach ($variable in $variables.Keys) {
                $before[$variable] = [Environment]::GetEnvironmentVariable($variable)
                [Environment]::SetEnvironmentVariable($variable, $variables[$variable])
            }
            $run = Invoke-InNewShell -NonInteractive "`$ErrorActionPreference = 'Stop'; $Script"
        }
        finally {
            foreach ($variable in $before.Keys) { [Environment]::SetEnvironmentVariable($variable, $before[$variable]) }
        }
        if ($run.ExitCode -ne 0 -or $run.Errors) { throw "This went wrong: $Script`n$($run.Output)$($run.Errors)" }
        $run.Output.Trim()
    }

    # What somebody has who calls a cmdlet, with no word about the module before, unless it is given.
    function Get-Use([string] $First = '', [hashtable] $With = @{}) {
        Invoke-AtHome -With $With @"
            $First
            `$token = Get-DcApiToken
            `$module = Get-Module DeepsetCloud
            `$help = Get-Help New-DcApiToken -Full
            [pscustomobject]@{
                Version  = "`$(`$module.Version)"
                Folder   = `$module.ModuleBase
                Assembly = `$token.GetType().Assembly.Location
                Cmdlets  = @(`$module.ExportedCmdlets.Keys | Sort-Object)
                Table    = `$token | Out-String -Width 200
                Synopsis = `$help.Synopsis
                Examples = @(`$help.examples.example | Where-Object title).Count
                Topics   = @((Get-Help about_DeepsetCloud*).Name | Sort-Object)
                Topic    = Get-Help about_DeepsetCloud -ErrorAction Ignore | Out-String
                Errors   = `$Error.Count
            } | ConvertTo-Json
"@ | ConvertFrom-Json
    }

    function Get-FileName([string] $Folder) {
        Get-ChildItem $Folder -Recurse -File | ForEach-Object { $_.FullName.Substring($Folder.Length + 1) } | Sort-Object
    }
}

AfterAll {
    Close-Emulator $emulator
    Remove-Item -LiteralPath $work -Recurse -Force
}

Describe 'The module, installed by <manager>' -ForEach $managers -Skip:$notHere {
    BeforeAll {
        $script:folder = Join-Path $work $manager
        $script:userHome = Open-UserHome $folder
        $script:found = Invoke-AtHome @"
            $($register -f "$folder/feed")
            "by name: `$($find)"
            "by cmdlet: `$($findByUse)"
            $install
            $($save -f "$folder/saved")
"@
    }

    It 'is found in a folder by its name and by the name of a cmdlet' {
        $found | Should -BeLike "*by name: $($manifest.Author)*"
        $found | Should -BeLike '*by cmdlet: DeepsetCloud*'
    }

    Context '<state>' -ForEach @(
        @{ State = 'installed'; Later = $false }
        @{ State = 'saved to a folder of modules'; Later = $false; Saved = $true }
        @{ State = 'updated'; Later = $true }
        @{ State = 'asked for by its older version'; Later = $false; First = 'Import-Module DeepsetCloud -RequiredVersion {0}' }
    ) {
        BeforeAll {
            $script:expected = if ($later) { $next } else { $version }
            if ($later) {
                Copy-Item "$work/next/*.nupkg" "$folder/feed"
                Invoke-AtHome $update
            }
            $with = if ($saved) { @{ PSModulePath = Join-Path $folder 'saved' } } else { @{} }
            $script:use = Get-Use -First ($first -f $version) -With $with
        }

        It 'runs when one of its cmdlets is called' {
            $use.Version | Should -Be "$expected"
            $use.Folder | Should -BeLike "*DeepsetCloud?$expected"
            if ($env:OS -ne 'Windows_NT') { $use.Folder | Should -BeLike "$folder*" }
            $use.Assembly | Should -Be (Join-Path (Join-Path $use.Folder 'bin') 'DeepsetCloud.PowerShell.dll')
            $use.Errors | Should -Be 0
        }

        It 'is complete' {
            $use.Cmdlets | Should -Be $manifest.CmdletsToExport
            # What the installation notes for itself.
            Get-FileName $use.Folder | Where-Object { $_ -ne 'PSGetModuleInfo.xml' } | Should -Be (Get-FileName (Split-Path $env:DEEPSETCLOUD_TEST_MODULE))
        }

        It 'shows its objects in its own views' {
            $use.Table | Should -Match 'ApiTokenId +Name'
            $use.Table | Should -BeLike '*token-000000*'
        }

        It 'has its help and its topics' {
            $use.Synopsis | Should -Be (Get-Help New-DcApiToken).Synopsis
            $use.Synopsis | Should -Not -BeLike '*New-DcApiToken*' -Because 'that is what PowerShell makes up where there is no help'
            $use.Examples | Should -BeGreaterThan 0
            # With a newer version beside the one that is imported, PowerShell finds no topic of either, of whatever module.
            if (-not $first) {
                $use.Topics | Should -Be 'about_DeepsetCloud', 'about_DeepsetCloud_Errors', 'about_DeepsetCloud_Sessions'
                $use.Topic | Should -BeLike '*Connect-DcSession*'
            }
        }
    }

    It 'stands in two versions side by side, and is gone when it is uninstalled' {
        $said = Invoke-AtHome @"
            "there are: `$(($list | Sort-Object) -join ', ')"
            $uninstall
            $forget
            "left: <`$(Get-Module DeepsetCloud -ListAvailable)`$(Get-Command Get-DcApiToken -ErrorAction Ignore)>"
"@
        $said | Should -BeLike "*there are: $version, $next*"
        $said | Should -BeLike '*left: <>*'
        Get-ChildItem (Split-Path $use.Folder) -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
