@{
    RootModule             = 'bin/DeepsetCloud.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '10b7e9d5-d0fb-42a8-af94-d5266d00aef4'
    Author                 = 'The DeepsetCloud contributors'
    CompanyName            = 'The DeepsetCloud contributors'
    Copyright              = '(c) the DeepsetCloud contributors. MIT licence.'
    Description            = 'Creates, lists and removes the API tokens of deepset Cloud (Haystack Enterprise Platform): complete listings, removals that hit the right token, and secrets that stay secret.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('DeepsetCloud.format.ps1xml')
    CmdletsToExport        = @(
        'Connect-DcSession'
        'Disconnect-DcSession'
        'Get-DcApiToken'
        'Get-DcSession'
        'New-DcApiToken'
        'Remove-DcApiToken'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'deepset', 'Haystack', 'API', 'token', 'credential', 'automation', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
                # Find-Command and Find-PSResource -CommandName look for these. A feed has the tags of the package, a folder those of the manifest.
                'PSIncludes_Cmdlet'
                'PSCmdlet_Connect-DcSession', 'PSCommand_Connect-DcSession'
                'PSCmdlet_Disconnect-DcSession', 'PSCommand_Disconnect-DcSession'
                'PSCmdlet_Get-DcApiToken', 'PSCommand_Get-DcApiToken'
                'PSCmdlet_Get-DcSession', 'PSCommand_Get-DcSession'
                'PSCmdlet_New-DcApiToken', 'PSCommand_New-DcApiToken'
                'PSCmdlet_Remove-DcApiToken', 'PSCommand_Remove-DcApiToken'
            )
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://www.powershellgallery.com/packages/DeepsetCloud'
            ReleaseNotes = 'See CHANGELOG.md in the package.'
        }
    }
}
