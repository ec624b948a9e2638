<#
.SYNOPSIS
    Makes en-US/DeepsetCloud.PowerShell.dll-Help.xml from the Markdown in docs/.
.DESCRIPTION
    Microsoft.PowerShell.PlatyPS does the conversion. What it leaves behind that Get-Help would show to people is put
    right: Markdown markup, hard line breaks, code blocks in running text, type names of nullable parameters, links that
    lead nowhere. The same Markdown always gives the same file, on every computer.
.PARAMETER OutputFolder
    The folder of the help file; en-US in the repository if nothing is said.
.EXAMPLE
    ./tools/Export-Help.ps1
    Run it after each change in docs/ and commit the file that it writes.
#>
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    [string] $OutputFolder
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$fileName = 'DeepsetCloud.PowerShell.dll-Help.xml'
$docs = Join-Path (Split-Path $PSScriptRoot) docs
if (-not $OutputFolder) { $OutputFolder = Join-Path (Split-Path $PSScriptRoot) en-US }

$namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}

function Select-Element([System.Xml.XmlNode] $Node, [string] $XPath) {
    Select-Xml -Xml $Node -XPath $XPath -Namespace $namespaces | ForEach-Object Node
}

function Get-ElementText([System.Xml.XmlNode] $Node, [string] $XPath) {
    (Select-Element $Node $XPath | Select-Object -First 1).InnerText
}

function Add-Element([System.Xml.XmlNode] $Parent, [string] $Name, [string] $Text) {
    $prefix, $local = $Name -split ':'
    $element = $Parent.OwnerDocument.CreateElement($prefix, $local, $namespaces[$prefix])
    if ($Text) { $element.InnerText = $Text }
    $Parent.AppendChild($element)
}

# Plain text for the console: links without their target, code without its marks.
function ConvertFrom-Markup([string] $Text) {
    $Text -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '`([^`]+)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
}

# One paragraph each, without the line breaks of the source: the console wraps by its own width.
function Split-Paragraph([string] $Text) {
    $Text.Trim() -split '(?:\r?\n){2,}' | ForEach-Object { ConvertFrom-Markup ($_ -replace '\s*\r?\n\s*', ' ').Trim() } | Where-Object { $_ }
}

function Repair-Paragraph([xml] $Help) {
    foreach ($para in Select-Element $Help '//maml:para[not(ancestor::command:example)]') {
        $parent = $para.ParentNode
        Split-Paragraph $para.InnerText | ForEach-Object { $null = Add-Element $parent maml:para -Text $_ }
        $null = $parent.RemoveChild($para)
    }
}

# Title, code and remarks where Get-Help looks for them.
function Repair-Example([xml] $Help) {
    foreach ($example in Select-Element $Help '//command:example') {
        $title = (Get-ElementText $example 'maml:title').Trim('-', ' ')
        $source = (Select-Element $example 'maml:introduction/maml:para' | ForEach-Object InnerText) -join "`n`n" -replace [char] 0x80, ''
        if ($source.Trim() -notmatch '(?s)^```powershell\r?\n(?<code>.*?)\r?\n```\s*(?<remarks>.+)$') {
            throw "'$title' is not one block of code with a remark behind it."
        }
        $code, $remarks = $Matches.code, $Matches.remarks
        $example.RemoveAll()
        $null = Add-Element $example maml:title -Text "-------- $(ConvertFrom-Markup $title) --------"
        $null = Add-Element $example dev:code -Text ($code -replace "`r", '')
        $element = Add-Element $example dev:remarks
        # An empty paragraph keeps the next title apart.
        @(Split-Paragraph $remarks) + '' | ForEach-Object { $null = Add-Element $element maml:para -Text $_ }
    }
}

# System.Nullable`1[X] is X to whoever types it; only a list takes several values.
function Repair-ParameterType([xml] $Help) {
    foreach ($name in Select-Element $Help '//command:parameter/dev:type/maml:name | //command:parameter/command:parameterValue') {
        $name.InnerText = $name.InnerText -replace '^System\.Nullable`1\[(.+)\]$', '$1'
    }
    foreach ($parameter in Select-Element $Help '//command:parameter') {
        $isList = (Get-ElementText $parameter 'dev:type/maml:name').EndsWith('[]').ToString().ToLowerInvariant()
        $parameter.SetAttribute('variableLength', $isList)
        $parameter.SetAttribute('position', $parameter.GetAttribute('position').ToLowerInvariant())
        Select-Element $parameter 'command:parameterValue' | ForEach-Object { $_.SetAttribute('variableLength', $isList) }
    }
}

# The default values, which PlatyPS reads and does not write; and in the syntax what the parameter list says.
function Copy-ParameterDetail([xml] $Help, [object[]] $CommandHelp) {
    foreach ($command in Select-Element $Help '/*/command:command') {
        $commandName = Get-ElementText $command 'command:details/command:name'
        $source = $CommandHelp | Where-Object Title -eq $commandName
        foreach ($detailed in Select-Element $command 'command:parameters/command:parameter') {
            $name = Get-ElementText $detailed 'maml:name'
            $default = ($source.Parameters | Where-Object Name -eq $name).DefaultValue
            Select-Element $detailed 'dev:defaultValue' | ForEach-Object { $null = $detailed.RemoveChild($_) }
            $null = Add-Element $detailed dev:defaultValue -Text $(if ($default) { $default } else { 'None' })
            foreach ($short in Select-Element $command "command:syntax/*/command:parameter[maml:name='$name']") {
                foreach ($attribute in 'globbing', 'pipelineInput', 'aliases') {
                    $short.SetAttribute($attribute, $detailed.GetAttribute($attribute))
                }
            }
        }
    }
}

# Get-Help prints the address behind the name. Other topics are found by name; an address in docs/ leads nowhere.
function Repair-Link([xml] $Help) {
    foreach ($link in Select-Element $Help '//maml:navigationLink') {
        $uri = Select-Element $link 'maml:uri'
        if ($uri.InnerText -match '^https://') { continue }
        if ($uri.InnerText) { $uri.InnerText = '' } else { $null = $link.ParentNode.RemoveChild($link) }
    }
}

Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0
# In the order of bytes, whatever the culture of this computer.
$pages = [string[]] (Get-ChildItem -Path $docs -Filter '*-Dc*.md').FullName
[Array]::Sort($pages, [StringComparer]::Ordinal)
$commandHelp = @(Import-MarkdownCommandHelp -Path $pages)
$temporary = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('n'))
try {
    $exported = $commandHelp | Export-MamlCommandHelp -OutputFolder $temporary -Force
    if (@($exported).Count -ne 1 -or $exported.Name -ne $fileName) {
        throw "The pages must name one help file, $fileName, and name: $($exported.Name -join ', ')"
    }
    $help = [xml]::new()
    $help.Load($exported.FullName)
}
finally {
    if (Test-Path $temporary) { Remove-Item $temporary -Recurse -Force }
}

Repair-Example $help
Repair-Paragraph $help
Repair-ParameterType $help
Copy-ParameterDetail $help $commandHelp
Repair-Link $help

$null = New-Item -ItemType Directory -Path $OutputFolder -Force
$target = Join-Path (Resolve-Path $OutputFolder) $fileName
$settings = [System.Xml.XmlWriterSettings]@{
    Indent       = $true
    Encoding     = [System.Text.UTF8Encoding]::new($false)
    NewLineChars = "`n"
}
$writer = [System.Xml.XmlWriter]::Create($target, $settings)
try { $help.Save($writer) } finally { $writer.Dispose() }
[System.IO.File]::AppendAllText($target, "`n")
Get-Item $target
