# Every rule that the gallery runs (its preset is a choice of the default rules), all other default rules, and the ones below.
@{
    IncludeDefaultRules = $true
    Severity            = @('Error', 'Warning', 'Information')
    ExcludeRules        = @(
        # The Quickstart, the build and the tests talk to a person at a console, and Write-Host can be redirected since 5.0.
        'PSAvoidUsingWriteHost'
    )
    Rules               = @{
        PSUseCompatibleSyntax              = @{ Enable = $true; TargetVersions = @('5.1', '7.4') }
        PSPlaceOpenBrace                   = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSPlaceCloseBrace                  = @{ Enable = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true; NoEmptyLineBefore = $true }
        PSUseConsistentIndentation         = @{ Enable = $true; Kind = 'space'; IndentationSize = 4; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
        PSUseConsistentWhitespace          = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSAvoidSemicolonsAsLineTerminators = @{ Enable = $true }
    }
}
