using System.Text.Json;

namespace DeepsetCloud.Emulator;

/// <summary>Reads the body of a creation, strictly.</summary>
internal sealed class CreateBody
{
    private static readonly string[] Roles = ["ADMIN", "MEMBER", "EXTERNAL"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly List<Finding> _findings = [];
    private readonly IList<string> _workspaces;

    private CreateBody(IList<string> workspaces) => _workspaces = workspaces;

    public static NewToken? Read(ReadOnlyMemory<byte> body, IList<string> workspaces, out Answer? refusal)
    {
        refusal = null;
        if (body.IsEmpty)
        {
            refusal = Problem.Invalid(new Finding(["body"], "Field required", "missing"));
            return null;
        }

        var reader = new CreateBody(workspaces);
        var token = reader.Read(body);
        if (reader._findings.Count > 0)
        {
            refusal = Problem.Invalid(reader._findings);
            return null;
        }

        return token;
    }

    private NewToken Read(ReadOnlyMemory<byte> body)
    {
        var token = new NewToken();
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                const string Message = "Input should be a valid dictionary or object to extract fields from";
                _findings.Add(new(["body"], Message, "model_attributes_type"));
                return token;
            }

            foreach (var field in document.RootElement.EnumerateObject())
            {
                token = Apply(token, field.Name, field.Value);
            }
        }
        catch (JsonException e)
        {
            _findings.Add(new(["body"], "JSON decode error: " + e.Message, "json_invalid"));
        }

        if (token is { Expires: false, ExpiresAt: not null })
        {
            _findings.Add(new(["body", "expires_at"], "A token that does not expire can't have an expiry", "value_error"));
        }

        return token;
    }

    private NewToken Apply(NewToken token, string name, JsonElement value)
    {
        switch (name)
        {
            case "expires_at":
                return token with { ExpiresAt = Instant(name, value) };
            case "expires":
                return token with { Expires = Flag(name, value) };
            case "name":
                return token with { Name = Text(name, value, optional: true) };
            case "personal":
                return token with { Personal = Flag(name, value) };
            case "organization_role":
                return token with { OrganizationRole = Role(name, value) };
            case "role_id":
                return token with { RoleId = RoleId(name, value) };
            case "workspaces":
                return token with { Workspaces = WorkspaceNames(name, value) };
            default:
                Refuse(name, "Extra inputs are not permitted", "extra_forbidden");
                return token;
        }
    }

    private void Refuse(string field, string message, string type) => _findings.Add(new(["body", field], message, type));

    private bool Flag(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(name, "Input should be a valid boolean", "bool_type");
        return true;
    }

    private string? Text(string name, JsonElement value, bool optional)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        if (!(optional && value.ValueKind == JsonValueKind.Null))
        {
            Refuse(name, "Input should be a valid string", "string_type");
        }

        return null;
    }

    private DateTimeOffset? Instant(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var result = value.ValueKind == JsonValueKind.String ? WireTime.Parse(value.GetString()!) : WireTime.Result.NotATime;
        if (result.Instant is null)
        {
            Refuse(name, result.Message, result.Type);
        }

        return result.Instant;
    }

    private string Role(string name, JsonElement value)
    {
        if (Text(name, value, optional: false) is { } role && !Roles.Contains(role))
        {
            Refuse(name, "Input should be 'ADMIN', 'MEMBER' or 'EXTERNAL'", "enum");
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString()! : "MEMBER";
    }

    private string? RoleId(string name, JsonElement value)
    {
        string? id = Text(name, value, optional: true);
        if (id is not null && !TokenId.TryParse(id, out _))
        {
            Refuse(name, "Input should be a valid UUID", "uuid_parsing");
        }

        return id;
    }

    private string[] WorkspaceNames(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse(name, "Input should be a valid list", "list_type");
            return [];
        }

        var names = value.EnumerateArray().Select(v => Text(name, v, optional: false)).OfType<string>().Distinct().ToArray();
        foreach (string unknown in names.Where(n => !_workspaces.Contains(n)))
        {
            Refuse(name, $"Workspace '{unknown}' does not exist", "value_error");
        }

        return names;
    }
}
