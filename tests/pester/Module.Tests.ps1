BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    $script:root = Split-Path (Split-Path $PSScriptRoot)
    $script:manifestPath = $env:DEEPSETCLOUD_TEST_MODULE
    $script:folder = Split-Path $manifestPath
    $script:module = Get-Module DeepsetCloud
    $script:data = Import-PowerShellDataFile $manifestPath
    $script:names = @(
        'Connect-DcSession', 'Disconnect-DcSession', 'Get-DcApiToken', 'Get-DcSession', 'New-DcApiToken', 'Remove-DcApiToken'
    )
}

Describe 'The module' {
    Context 'the manifest' {
        It 'is valid, with everything in place that it names' {
            $tested = Test-ModuleManifest $manifestPath -ErrorAction Stop -WarningVariable warned
            $warned | Should -BeNullOrEmpty
            $tested.Name | Should -Be 'DeepsetCloud'
            $tested.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
            $tested.PowerShellVersion | Should -Be ([version]'5.1')
        }

        It 'says all that the gallery asks for' {
            foreach ($key in 'RootModule', 'ModuleVersion', 'GUID', 'Author', 'CompanyName', 'Copyright', 'Description') {
                $data[$key] | Should -Not -BeNullOrEmpty -Because "$key is needed"
            }
            $gallery = $data.PrivateData.PSData
            foreach ($key in 'LicenseUri', 'ProjectUri') {
                ([uri]$gallery[$key]).Scheme | Should -Be 'https'
            }
            $gallery.ReleaseNotes | Should -Not -BeNullOrEmpty
            foreach ($tag in 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS') {
                $gallery.Tags | Should -Contain $tag
            }
            $gallery.Tags | Where-Object { $_ -match '\s' } | Should -BeNullOrEmpty -Because 'a blank ends a tag'
        }

        It 'lists its exports by name' {
            $data.CmdletsToExport | Should -Be $names
            foreach ($key in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
                $data.ContainsKey($key) | Should -BeTrue -Because "without $key, PowerShell would have to look for them"
                $data[$key] | Should -HaveCount 0
            }
        }

        It 'has its version in the changelog' {
            Get-Content (Join-Path $folder 'CHANGELOG.md') -Raw | Should -Match "(?m)^## \[$([regex]::Escape($data.ModuleVersion))\]"
        }
    }

    Context 'the import' {
        It 'comes from the package' {
            $module.ModuleBase | Should -Be $folder
            [DeepsetCloud.DcSession].Assembly.Location | Should -Be (Join-Path (Join-Path $folder 'bin') 'DeepsetCloud.PowerShell.dll')
        }

        It 'is found by name where modules are' {
            $run = Invoke-InNewShell -NonInteractive '(Get-Command Get-DcApiToken).Module.ModuleBase; (Get-Module DeepsetCloud).ExportedCommands.Count'
            $run.Output | Should -BeLike "*$folder*6*"
            $run.Errors | Should -BeNullOrEmpty
        }

        It 'exports the cmdlets and nothing else' {
            ($module.ExportedCommands.Keys | Sort-Object) | Should -Be $names
            $module.ExportedCmdlets.Count | Should -Be $names.Count
            $module.ExportedVariables.Count | Should -Be 0
            $module.ExportedAliases.Count | Should -Be 0
            $module.ModuleType | Should -Be 'Binary'
        }

        It 'says nothing and fails at nothing, the first time and again' {
            $run = Invoke-InNewShell -NonInteractive @"
                `$before = (Get-Variable).Name
                `$all = & {
                    Import-Module '$manifestPath' -Verbose:`$false
                    Remove-Module DeepsetCloud
                    Import-Module '$manifestPath'
                    Import-Module '$manifestPath' -Force
                } *>&1
                `$new = (Get-Variable).Name | Where-Object { `$_ -notin `$before + 'before', 'all' }
                "said <`$all>, errors `$(`$Error.Count), new variables <`$new>, cmdlets `$(@(Get-Command -Module DeepsetCloud).Count)"
"@
            $run.Output | Should -BeLike "*said <>, errors 0, new variables <>, cmdlets $($names.Count)*"
            $run.Errors | Should -BeNullOrEmpty
        }

        It 'brings no assembly that PowerShell 7 has itself' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
            $brought = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not $_.IsDynamic -and $_.Location -like "$folder*" }
            $brought.GetName().Name | Should -Be 'DeepsetCloud.PowerShell'
        }

        # Whoever adds to it answers here for what every user then waits for.
        # What the shell loads of its own meanwhile, on other threads, is chance.
        It 'loads one assembly' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
            $run = Invoke-InNewShell -NonInteractive @"
                `$before = [AppDomain]::CurrentDomain.GetAssemblies()
                Import-Module '$manifestPath'
                ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_ -notin `$before -and -not `$_.Location.StartsWith(`$PSHOME) }).GetName().Name
"@
            $run.Output.Trim() | Should -Be 'DeepsetCloud.PowerShell'
            $run.Errors | Should -BeNullOrEmpty
        }

        # Only Linux tells about files that are read. It tells in order: all that was read before the licence is known then.
        It 'reads the manifest, the views and the assembly, and no other file' -Skip:(-not $IsLinux) {
            $run = Invoke-InNewShell -NonInteractive @"
                `$watcher = [System.IO.FileSystemWatcher]::new('$folder')
                `$watcher.IncludeSubdirectories = `$true
                `$watcher.NotifyFilter = 'LastAccess'
                Register-ObjectEvent `$watcher Changed
                `$watcher.EnableRaisingEvents = `$true
                Import-Module '$manifestPath'
                `$null = [System.IO.File]::ReadAllText('$folder/LICENSE')
                while ((`$read = Wait-Event | Select-Object -First 1).SourceEventArgs.Name -ne 'LICENSE') {
                    `$read.SourceEventArgs.Name
                    `$read | Remove-Event
                }
"@
            $run.Output -split '\s+' -ne '' | Sort-Object -Unique |
                Should -Be 'bin/DeepsetCloud.PowerShell.dll', 'DeepsetCloud.format.ps1xml', 'DeepsetCloud.psd1'
            $run.Errors | Should -BeNullOrEmpty
        }

        It 'is told apart by edition: this is <edition>' -ForEach @{ Edition = $PSVersionTable.PSEdition } {
            $data.CompatiblePSEditions | Should -Contain $edition
        }

        It 'has views for what the cmdlets write' {
            foreach ($type in 'DeepsetCloud.ApiToken', 'DeepsetCloud.CreatedApiToken', 'DeepsetCloud.DcSession') {
                Get-FormatData -TypeName $type -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty -Because "$type has a view"
            }
        }
    }

    Context 'every cmdlet: <_>' -ForEach (Get-Command -Module DeepsetCloud -CommandType Cmdlet).Name {
        BeforeAll {
            $script:name = $_
            $script:command = Get-Command $name
        }

        It 'has its source file' {
            $command.ImplementingType.FullName | Should -Be "DeepsetCloud.Commands.$($name -replace '-')Command"
            Join-Path $root "src/DeepsetCloud.PowerShell/Commands/$($name -replace '-')Command.cs" | Should -Exist
        }

        It 'has its test file' {
            $file = Join-Path $root "tests/pester/$name.Tests.ps1"
            $file | Should -Exist
            Get-Content $file -Raw | Should -Match "Describe '$name'"
        }

        It 'has its help page' {
            Join-Path $root "docs/$name.md" | Should -Exist
        }

        It 'has its help in the package' {
            (Get-Help $name).Synopsis | Should -Not -BeLike "*$name*" -Because 'that is what PowerShell makes up where there is no help'
            (Get-Help $name -Examples | Out-String) | Should -BeLike "*$name*"
        }

        It 'says what it writes' {
            $command.OutputType | Should -Not -BeNullOrEmpty
        }

        It 'is a sealed class with an approved verb and a noun of this module' {
            $command.ImplementingType.IsSealed | Should -BeTrue
            (Get-Verb).Verb | Should -Contain $command.Verb
            $command.Noun | Should -Match '^Dc[A-Z]'
        }
    }

    It 'lets be tried out what changes something: <_>' -ForEach (Get-Command -Module DeepsetCloud -Verb New, Remove).Name {
        (Get-Command $_).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command $_).Parameters.Keys | Should -Contain 'Confirm'
    }

    It 'takes the session that it is given: <_>' -ForEach ((Get-Command -Module DeepsetCloud).Name -ne 'Connect-DcSession') {
        (Get-Command $_).Parameters['Session'].ParameterType | Should -BeIn @([DeepsetCloud.DcSession], [DeepsetCloud.DcSession[]])
    }

    Context 'no page or test is left over' {
        It 'has no test file for a cmdlet that is not there' {
            (Get-ChildItem (Join-Path $root 'tests/pester') -Filter '*.Tests.ps1').Name -replace '\.Tests\.ps1$' |
                Where-Object { $_ -like '*-*' } | Sort-Object | Should -Be $names
        }

        It 'has no help page for a cmdlet that is not there' {
            (Get-ChildItem (Join-Path $root 'docs') -Filter '*-Dc*.md').BaseName | Where-Object { $_ -notin $names } | Should -BeNullOrEmpty
        }
    }
}
