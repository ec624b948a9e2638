<#
.SYNOPSIS
    Makes the package of a module folder.
.DESCRIPTION
    Compress-PSResource makes it, and all that it says about itself comes from the manifest. Then its parts are put in order
    and lose the time, the random name and the computer that they were made with: the same folder always gives the same
    package. A package that is already there is replaced.
.PARAMETER Path
    The folder of the module. All that is in it goes into the package.
.PARAMETER DestinationPath
    The folder for the package.
.EXAMPLE
    dotnet build src/DeepsetCloud.PowerShell -t:Package
    Makes the module folder and calls this script, in the PowerShell that .config/dotnet-tools.json names.
#>
#Requires -PSEdition Core
[CmdletBinding()]
[OutputType([string])]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [Parameter(Mandatory)]
    [string] $DestinationPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The one of this shell, whatever else is installed.
Import-Module (Join-Path $PSHOME 'Modules/Microsoft.PowerShell.PSResourceGet')

function Get-FixedName([string] $Part) {
    $Part -replace '[^/]+\.psmdcp$', 'nuget.psmdcp'
}

function Copy-Part([System.IO.Compression.ZipArchiveEntry] $From, [System.IO.Compression.ZipArchive] $To) {
    $part = $To.CreateEntry((Get-FixedName $From.FullName))
    $part.LastWriteTime = [datetime]::new(2000, 1, 1)
    $read = $From.Open()
    $write = $part.Open()
    try {
        if ($From.FullName -notmatch '\.(psmdcp|rels)$|^\[Content_Types\]\.xml$') { return $read.CopyTo($write) }

        $xml = [xml]::new()
        $xml.Load($read)
        $top = $xml.DocumentElement
        switch ($top.LocalName) {
            'coreProperties' { $top.lastModifiedBy = 'Compress-PSResource' }
            'Relationships' {
                $properties = $top.Relationship | Where-Object Target -Like '*.psmdcp'
                $properties.Target = Get-FixedName $properties.Target
                $properties.Id = 'CoreProperties'
            }
            # They come in the order in which the system lists the files.
            'Types' { @($top.ChildNodes) | Sort-Object OuterXml -Culture '' | ForEach-Object { $null = $top.AppendChild($_) } }
        }
        $xml.Save($write)
    }
    finally {
        $write.Dispose()
        $read.Dispose()
    }
}

$work = Join-Path ([System.IO.Path]::GetTempPath()) "DeepsetCloud.$([guid]::NewGuid().ToString('n'))"
try {
    $made = Compress-PSResource -Path $Path -DestinationPath (New-Item -ItemType Directory $work) -PassThru
    $package = Join-Path (Convert-Path -LiteralPath $DestinationPath) $made.Name
    Remove-Item -LiteralPath $package -ErrorAction Ignore
    $source = [System.IO.Compression.ZipFile]::OpenRead($made.FullName)
    $target = [System.IO.Compression.ZipFile]::Open($package, 'Create')
    try {
        [string[]] $parts = $source.Entries.FullName
        [array]::Sort($parts, [System.StringComparer]::Ordinal)
        foreach ($part in $parts) { Copy-Part $source.GetEntry($part) $target }
    }
    finally {
        $target.Dispose()
        $source.Dispose()
    }
}
finally {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
}
"DeepsetCloud -> $package"
