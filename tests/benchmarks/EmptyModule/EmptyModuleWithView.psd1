@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '1.0.0'
    GUID                 = '8b1f3f0e-5a0c-4a39-8c0a-6f2f5f3f7c52'
    Author               = 'The DeepsetCloud contributors'
    Description          = 'What PowerShell itself takes to import a module that can be published and shows its objects in a view: still one cmdlet that does nothing.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FormatsToProcess     = @('EmptyModule.format.ps1xml')
    CmdletsToExport      = @('Get-Nothing')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://www.powershellgallery.com/packages/EmptyModule'
            ReleaseNotes = 'None.'
        }
    }
}
