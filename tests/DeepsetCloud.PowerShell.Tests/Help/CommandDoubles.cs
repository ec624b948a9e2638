namespace DeepsetCloud.Tests.Help;

/// <summary>
/// Stand-ins for the commands of other modules and programs that the examples use. The engine of the tests has none of
/// them, and the real ones would ask a person, read a vault or write to another service. They read and write the
/// variables files, vault, answers and taken.
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

        # Microsoft.PowerShell.Utility: reads a file.
        function Import-Csv {
            param([Parameter(Mandatory, Position = 0)] [string] $Path)
            $header, $lines = $files[$Path] -split "`n"
            foreach ($line in $lines) {
                $row = [ordered]@{}
                $cells = $line -split ','
                foreach ($name in $header -split ',') { $row[$name], $cells = $cells }
                [pscustomobject] $row
            }
        }

        # Microsoft.PowerShell.Utility: writes a file.
        function Export-Csv {
            param([Parameter(Mandatory)] [string] $Path, [Parameter(ValueFromPipeline)] $InputObject)
            process { $taken.Add($InputObject) }
        }

        # Microsoft.PowerShell.Utility: sorts by one property, null first.
        function Sort-Object {
            param([Parameter(Mandatory, Position = 0)] [string] $Property, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $items = [System.Collections.Generic.List[object]]::new() }
            process { $items.Add($InputObject) }
            end {
                $sorted = $items.ToArray()
                [Array]::Sort([object[]] @($sorted | ForEach-Object { $_.$Property }), $sorted)
                $sorted
            }
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
