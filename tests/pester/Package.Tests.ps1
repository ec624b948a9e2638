BeforeAll {
    Import-Module $PSScriptRoot/Support/TestSupport.psm1
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    $script:root = Split-Path (Split-Path $PSScriptRoot)
    $script:manifest = Import-PowerShellDataFile $env:DEEPSETCLOUD_TEST_MODULE
    $script:gallery = $manifest.PrivateData.PSData
    $script:assembly = [DeepsetCloud.DcSession].Assembly

    # The parts of a package: their names in order, their bytes by name, their times.
    function Read-Package([string] $Path) {
        $parts = @{}
        $names = @()
        $times = @()
        $archive = [System.IO.Compression.ZipFile]::OpenRead($Path)
        foreach ($entry in $archive.Entries) {
            $bytes = [System.IO.MemoryStream]::new()
            $stream = $entry.Open()
            $stream.CopyTo($bytes)
            $stream.Dispose()
            $parts[$entry.FullName] = $bytes.ToArray()
            $names += $entry.FullName
            $times += $entry.LastWriteTime.DateTime
        }
        $archive.Dispose()
        @{ Names = $names; Parts = $parts; Times = $times }
    }

    function Get-FileName([string] $Folder, [string] $Filter = '*') {
        (Get-ChildItem (Join-Path $root $Folder) -Filter $Filter).Name | ForEach-Object { "$Folder/$_" }
    }

    $script:package = Read-Package $env:DEEPSETCLOUD_TEST_PACKAGE
    $script:description = ([xml][System.Text.Encoding]::UTF8.GetString($package.Parts['DeepsetCloud.nuspec']).TrimStart([char]0xFEFF)).package.metadata
}

Describe 'The package' {
    Context 'its content' {
        It 'is the module, the parts that make it a package, and nothing else' {
            $parts = '[Content_Types].xml', '_rels/.rels', 'DeepsetCloud.nuspec', 'package/services/metadata/core-properties/nuget.psmdcp'
            $module = @(
                'CHANGELOG.md', 'DeepsetCloud.format.ps1xml', 'DeepsetCloud.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt'
                'bin/DeepsetCloud.PowerShell.dll'
                'Microsoft.Bcl.AsyncInterfaces', 'System.Buffers', 'System.IO.Pipelines', 'System.Memory', 'System.Numerics.Vectors',
                'System.Runtime.CompilerServices.Unsafe', 'System.Text.Encodings.Web', 'System.Text.Json',
                'System.Threading.Tasks.Extensions' | ForEach-Object { "bin/desktop/$_.dll" }
                Get-FileName en-US
            )
            $package.Parts.Keys | Sort-Object | Should -Be ($parts + $module | Sort-Object)
        }

        It 'is that of the repository: <_>' -ForEach 'CHANGELOG.md', 'DeepsetCloud.format.ps1xml', 'DeepsetCloud.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt' {
            $text = [System.Text.Encoding]::UTF8.GetString($package.Parts[$_])
            $text | Should -BeExactly ([System.IO.File]::ReadAllText((Join-Path $root $_)))
        }

        It 'names in its notices every assembly that others made' {
            $notices = [System.Text.Encoding]::UTF8.GetString($package.Parts['THIRD-PARTY-NOTICES.txt'])
            $theirs = $package.Parts.Keys -like 'bin/desktop/*' | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) }
            foreach ($name in $theirs) { $notices | Should -Match "(?m)^  $([regex]::Escape($name))\r?$" }
        }
    }

    Context 'what it says about itself' {
        It 'has the name and the version of the module' {
            Split-Path $env:DEEPSETCLOUD_TEST_PACKAGE -Leaf | Should -Be "DeepsetCloud.$($manifest.ModuleVersion).nupkg"
            $description.id | Should -BeExactly 'DeepsetCloud'
            $description.version | Should -Be $manifest.ModuleVersion
        }

        It 'has its <element> from the <key> of the manifest' -ForEach @(
            @{ Element = 'authors'; Key = 'Author' }
            @{ Element = 'owners'; Key = 'CompanyName' }
            @{ Element = 'description'; Key = 'Description' }
            @{ Element = 'copyright'; Key = 'Copyright' }
            @{ Element = 'licenseUrl'; Key = 'LicenseUri' }
            @{ Element = 'projectUrl'; Key = 'ProjectUri' }
            @{ Element = 'releaseNotes'; Key = 'ReleaseNotes' }
        ) {
            $expected = if ($manifest.ContainsKey($key)) { $manifest[$key] } else { $gallery[$key] }
            $expected | Should -Not -BeNullOrEmpty
            $description.$element | Should -BeExactly $expected
        }

        It 'has the tags of the manifest, which tell that it is a module with these cmdlets' {
            $tags = $description.tags -split ' '
            $tags | Should -Be (@('PSModule') + $gallery.Tags)
            ($tags -like 'PSEdition_*') | Should -Be ($manifest.CompatiblePSEditions | ForEach-Object { "PSEdition_$_" })
            $tags | Should -Contain 'PSIncludes_Cmdlet'
            foreach ($kind in 'PSCmdlet', 'PSCommand') {
                ($tags -like "${kind}_*") | Should -Be ($manifest.CmdletsToExport | ForEach-Object { "${kind}_$_" })
            }
        }

        It 'asks for no licence to be accepted and for no other module' {
            $description.requireLicenseAcceptance | Should -Be 'false'
            $description.GetElementsByTagName('dependency').Count | Should -Be 0
            $manifest.Keys | Should -Not -Contain 'RequiredModules'
        }
    }

    Context 'its assembly' {
        It 'is a release build for both editions' {
            $attributes = @{}
            foreach ($attribute in $assembly.GetCustomAttributes($false)) { $attributes[$attribute.GetType().Name] = $attribute }
            $attributes.AssemblyConfigurationAttribute.Configuration | Should -Be 'Release'
            $attributes.DebuggableAttribute.IsJITOptimizerDisabled | Should -BeFalse
            $attributes.TargetFrameworkAttribute.FrameworkName | Should -Be '.NETStandard,Version=v2.0'
        }

        It 'has the version of the manifest' {
            $assembly.GetName().Version | Should -Be ([version]"$($manifest.ModuleVersion).0")
            $informational = $assembly.GetCustomAttributes([System.Reflection.AssemblyInformationalVersionAttribute], $false)
            $informational.InformationalVersion | Should -Match "^$([regex]::Escape($manifest.ModuleVersion))(\+|$)"
        }

        It 'has no trace of the computer that it was built on' {
            $bytes = $package.Parts['bin/DeepsetCloud.PowerShell.dll']
            foreach ($encoding in 'UTF-8', 'UTF-16') {
                $text = [System.Text.Encoding]::GetEncoding($encoding).GetString($bytes)
                $text.Contains('DeepsetCloud') | Should -BeTrue -Because 'this is how a path would be found'
                $text.Contains($root) | Should -BeFalse
            }
            $text = [System.Text.Encoding]::GetEncoding('ISO-8859-1').GetString($bytes)
            $text.Contains('.pdb') | Should -BeFalse
        }

        # netstandard and PowerShell are there by definition. PowerShell 7 has the others in the box, and bin/desktop has them
        # for Windows PowerShell. What a module does not bring cannot clash.
        It 'needs nothing that is not in the box' {
            $allowed = @(
                'netstandard', 'System.Management.Automation', 'System.Text.Json', 'System.Memory', 'System.Buffers'
                'System.Runtime.CompilerServices.Unsafe', 'System.Threading.Tasks.Extensions'
            )
            $references = $assembly.GetReferencedAssemblies()
            $references.Name | Should -Contain 'netstandard'
            $references.Name | Should -Contain 'System.Management.Automation'
            $references.Name | Where-Object { $_ -notin $allowed } | Should -BeNullOrEmpty
        }

        It 'asks for no later System.Text.Json than the oldest PowerShell 7 has, 7.4 with .NET 8' {
            $json = $assembly.GetReferencedAssemblies() | Where-Object Name -EQ 'System.Text.Json'
            $json.Version.Major | Should -Be 8
        }
    }

    Context 'how it is made' {
        It 'is the same for the same files, in whatever order and of whatever time, and does not tell where' {
            # On Linux, a folder lists its files in no order, or in that of their creation.
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive "DeepsetCloud/$($manifest.ModuleVersion)")
            Get-ChildItem (Split-Path $env:DEEPSETCLOUD_TEST_MODULE) | Sort-Object Name -Descending | Copy-Item -Destination $folder.FullName -Recurse
            Get-ChildItem $folder.FullName -Recurse -File | ForEach-Object { $_.LastWriteTimeUtc = [datetime]'2020-02-02' }
            $again = Read-Package (New-Package -Path $folder.FullName -DestinationPath $TestDrive)

            $again.Names | Should -Be $package.Names
            foreach ($name in $again.Names) {
                [Convert]::ToBase64String($again.Parts[$name]) | Should -Be ([Convert]::ToBase64String($package.Parts[$name])) -Because "$name is the same"
            }
            $again.Times + $package.Times | Sort-Object -Unique | Should -Be ([datetime]'2000-01-01')
            $properties = [System.Text.Encoding]::UTF8.GetString($package.Parts['package/services/metadata/core-properties/nuget.psmdcp'])
            $properties | Should -BeLike '*<lastModifiedBy>Compress-PSResource</lastModifiedBy>*'
        }

        It 'leaves the module folder of the repository alone: <project> builds elsewhere' -ForEach @(
            @{ Project = 'DeepsetCloud.PowerShell'; Property = 'ModuleBinFolder' }
            @{ Project = 'DesktopPayload'; Property = 'PayloadFolder' }
        ) {
            $file = Join-Path $root "src/$project/$project.csproj"
            $build = & dotnet msbuild $file -nologo "-getProperty:$property"
            $pack = & dotnet msbuild $file -nologo "-getProperty:$property" -p:PackModule=true
            $bin = [System.IO.Path]::GetFullPath((Join-Path $root 'bin'))
            [System.IO.Path]::GetFullPath("$build") | Should -BeLike "$bin*"
            [System.IO.Path]::GetFullPath("$pack") | Should -BeLike "$(Join-Path $root 'artifacts')*"
        }
    }
}
