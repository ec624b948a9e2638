# Reads the Markdown in docs/, and tells what the code of a command has to say there.

$script:Docs = Join-Path (Split-Path (Split-Path (Split-Path $PSScriptRoot))) 'docs'

# Blanks as the only white space, without Markdown's marks: what a console shows, made comparable.
function ConvertTo-PlainText {
    param([Parameter(ValueFromPipeline)] [AllowEmptyString()] [string] $Text)

    process { ($Text -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '`([^`]+)`', '$1' -replace '\s+', ' ').Trim() }
}

# The parts under headings of one level: title to body.
function Split-Heading {
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text, [Parameter(Mandatory)] [string] $Mark)

    $parts = [ordered]@{}
    foreach ($match in [regex]::Matches($Text, "(?ms)^$Mark (?<title>[^\n]+)\n(?<body>.*?)(?=^$Mark |\z)")) {
        $parts[$match.Groups['title'].Value] = $match.Groups['body'].Value.Trim("`n")
    }
    $parts
}

function Get-DocsText {
    param([Parameter(Mandatory)] [string] $Name)

    [System.IO.File]::ReadAllText((Join-Path $script:Docs $Name)).Replace("`r`n", "`n")
}

# The help page of a command.
function Get-HelpPage {
    param([Parameter(Mandatory)] [string] $Name)

    $sections = Split-Heading (Get-DocsText "$Name.md") '##'
    $examples = foreach ($part in (Split-Heading $sections['EXAMPLES'] '###').GetEnumerator()) {
        if ($part.Value -notmatch '(?s)\A```powershell\n(?<code>.+?)\n```\n\n(?<remarks>(?:(?!```).)+)\z') {
            throw "'$($part.Key)' is not one block of code with a remark behind it."
        }
        [pscustomobject]@{ Title = $part.Key; Code = $Matches.code; Remarks = ConvertTo-PlainText $Matches.remarks }
    }
    $parameters = [ordered]@{}
    foreach ($part in (Split-Heading $sections['PARAMETERS'] '###').GetEnumerator() | Where-Object Key -CLike '-*') {
        if ($part.Value -notmatch '(?s)\A(?<text>.+?)\n\n```yaml\n(?<yaml>.+)\n```\z') { throw "$($part.Key) has no text or no properties." }
        $parameters[$part.Key.Substring(1)] = [pscustomobject]@{ Text = ConvertTo-PlainText $Matches.text; Yaml = $Matches.yaml }
    }
    [pscustomobject]@{
        Synopsis    = ConvertTo-PlainText $sections['SYNOPSIS']
        Description = @($sections['DESCRIPTION'] -split '\n\n' | ConvertTo-PlainText)
        Syntax      = Split-Heading $sections['SYNTAX'] '###'
        Examples    = @($examples)
        Parameters  = $parameters
        Inputs      = Split-Heading $sections['INPUTS'] '###'
        Outputs     = Split-Heading $sections['OUTPUTS'] '###'
        Notes       = @($sections['NOTES'] -split '\n\n' | ConvertTo-PlainText)
        Links       = @([regex]::Matches($sections['RELATED LINKS'], '(?m)^- \[([^\]]+)\]\(') | ForEach-Object { $_.Groups[1].Value })
    }
}

# The parameters of a command that are its own, with WhatIf and Confirm, by name.
function Get-OwnParameter {
    param([Parameter(Mandatory)] [System.Management.Automation.CommandInfo] $Command)

    $names = [string[]]@($Command.Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters -and $_ -ne 'ProgressAction' })
    [array]::Sort($names, [System.StringComparer]::Ordinal)
    $names | ForEach-Object { $Command.Parameters[$_] }
}

function Get-ParameterSetAttribute {
    param([Parameter(Mandatory)] [System.Management.Automation.ParameterMetadata] $Parameter)

    $Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.ParameterAttribute] }
}

# What a parameter is if nothing is given; empty where there is no such value.
function Get-ParameterDefault {
    param(
        [Parameter(Mandatory)] [System.Management.Automation.CommandInfo] $Command,
        [Parameter(Mandatory)] [System.Management.Automation.ParameterMetadata] $Parameter
    )

    if ($Parameter.SwitchParameter) { return 'False' }
    $isOptional = (Get-ParameterSetAttribute $Parameter).Mandatory -contains $false
    if (-not $isOptional -or $Parameter.ParameterType -notin [int], [uint64]) { return '' }
    [string][System.Activator]::CreateInstance($Command.ImplementingType).($Parameter.Name)
}

# The properties of a parameter as PlatyPS writes them.
function Get-ExpectedYaml {
    param(
        [Parameter(Mandatory)] [System.Management.Automation.CommandInfo] $Command,
        [Parameter(Mandatory)] [System.Management.Automation.ParameterMetadata] $Parameter
    )

    $default = Get-ParameterDefault $Command $Parameter
    $type = @([System.Nullable]::GetUnderlyingType($Parameter.ParameterType), $Parameter.ParameterType | Where-Object { $_ })[0]
    $wildcards = @($Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
    $list = { param($Key, $Values) if ($Values) { "${Key}:"; $Values | ForEach-Object { "- $_" } } else { "${Key}: []" } }
    $flag = { param($Value) "$Value".ToLowerInvariant() }
    $lines = @(
        "Type: $($Parameter.ParameterType.ToString())"
        "DefaultValue: $(if ($default) { $default } else { "''" })"
        "SupportsWildcards: $(& $flag $wildcards)"
        & $list 'Aliases' $Parameter.Aliases
        'ParameterSets:'
        foreach ($set in Get-ParameterSetAttribute $Parameter) {
            "- Name: $($set.ParameterSetName -replace '^__AllParameterSets$', '(All)')"
            "  Position: $(if ($set.Position -lt 0) { 'Named' } else { $set.Position })"
            "  IsRequired: $(& $flag $set.Mandatory)"
            "  ValueFromPipeline: $(& $flag $set.ValueFromPipeline)"
            "  ValueFromPipelineByPropertyName: $(& $flag $set.ValueFromPipelineByPropertyName)"
            '  ValueFromRemainingArguments: false'
        }
        'DontShow: false'
        & $list 'AcceptedValues' $(if ($type.IsEnum) { [enum]::GetNames($type) })
        "HelpMessage: ''"
    )
    $lines -join "`n"
}

# What is wrong with code that a text shows: it cannot be parsed, or it gives one of these commands a parameter that it lacks.
function Get-CodeFault {
    param([Parameter(Mandatory)] [string] $Code, [Parameter(Mandatory)] [System.Management.Automation.CommandInfo[]] $Command)

    $errors = $null
    $script = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$errors)
    $errors
    foreach ($call in Get-CommandCall $script) {
        $called = $Command | Where-Object Name -EQ ($call.GetCommandName() -replace '^\./')
        if (-not $called) { continue }
        $call.CommandElements.ParameterName | Where-Object { $_ -and -not $called.Parameters.ContainsKey($_) } | ForEach-Object { "$called has no parameter -$_." }
    }
}

function Get-CommandCall {
    param([Parameter(Mandatory)] [System.Management.Automation.Language.Ast] $Script)

    $Script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
}

# The PowerShell on a page: fenced blocks, and the scripts of the steps in its YAML, each with the number of its first line.
function Get-PageSnippet {
    param([Parameter(Mandatory)] [string] $Name)

    $text = Get-DocsText $Name
    $lineOf = { param($At) $text.Substring(0, $At).Split("`n").Count }
    foreach ($block in [regex]::Matches($text, '(?ms)^```(?<language>powershell|yaml)\n(?<code>.*?)^```$')) {
        $code = $block.Groups['code']
        if ($block.Groups['language'].Value -eq 'powershell') { [pscustomobject]@{ Line = & $lineOf $code.Index; Code = $code.Value }; continue }
        foreach ($key in [regex]::Matches($code.Value, '(?m)^(?<before> *(?:- )?)(?:run|pwsh): \|\n')) {
            $indent = ' ' * ($key.Groups['before'].Length + 2)
            $script = [regex]::new("\G(?:$indent[^\n]*\n)+").Match($code.Value, $key.Index + $key.Length)
            [pscustomobject]@{ Line = & $lineOf ($code.Index + $script.Index); Code = $script.Value -replace "(?m)^$indent" }
        }
    }
}
