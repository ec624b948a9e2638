namespace DeepsetCloud.Tests.Help;

/// <summary>
/// Stand-ins for the commands of other modules and programs that the examples use: the real ones would ask a person, read a
/// vault or write to another service. They read and write the variables vault, answers and taken.
/// </summary>
internal static class CommandDoubles
{
    public const string Script =
        """
        # Microsoft.PowerShell.Utility: asks a person.
        function Read-Host {
            param([Parameter(Position = 0)] [string] $Prompt, [switch] $AsSecureString)
            if (-not $AsSecureString) { throw 'A key is never asked for in plain sight.' }
            $answers[$Prompt]
        }

        # Microsoft.PowerShell.SecretManagement: a vault.
        function Get-Secret {
            param([Parameter(Mandatory, Position = 0)] [string] $Name)
            if (-not $vault.ContainsKey($Name)) { throw "The vault has no secret $Name." }
            $vault[$Name]
        }

        function Set-Secret {
            param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [securestring] $SecureStringSecret)
            $vault[$Name] = $SecureStringSecret
        }

        # Azure Automation: the assets of an account.
        function Get-AutomationPSCredential {
            param([Parameter(Mandatory)] [string] $Name)
            [pscredential]::new('not used', $vault[$Name])
        }

        # The GitHub CLI: reads a secret from its input.
        function gh { foreach ($line in $input) { $taken.Add("$args $line") } }
        """;
}
