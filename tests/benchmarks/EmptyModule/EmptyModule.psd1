@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '1.0.0'
    GUID                 = '3c0f6f3a-6a55-4b6e-9a2e-0f3a6b1f9d11'
    Author               = 'The DeepsetCloud contributors'
    Description          = 'What the import of any binary module costs: one cmdlet that does nothing.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    CmdletsToExport      = @('Get-Nothing')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
