# Puts tokens of a test's own choice into an emulator, past expiries and odd names included, which the module would not create.

# Each token is a table of what the service takes; 'days' says when it expires, counted from now, and without it the token never does.
# Writes what the service answers, the secret.
function Add-EmulatorToken {
    param([Parameter(Mandatory)] $Emulator, [Parameter(Mandatory)] [hashtable[]] $Token)

    foreach ($one in $Token) {
        $body = @{ expires = $one.ContainsKey('days') }
        foreach ($field in $one.Keys -ne 'days') { $body[$field] = $one[$field] }
        if ($body.expires) { $body.expires_at = [DateTimeOffset]::UtcNow.AddDays($one.days).AddMinutes(10).ToString('yyyy-MM-ddTHH:mm:ss.fffZ') }
        $request = @{
            Method           = 'Post'
            Uri              = "$($Emulator.BaseUri)/api/v1/token"
            Headers          = @{ Authorization = "Bearer $($Emulator.PlainKey)" }
            ContentType      = 'application/json'
            Body             = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $body))
            DisableKeepAlive = $true
        }
        Invoke-RestMethod @request
    }
}
