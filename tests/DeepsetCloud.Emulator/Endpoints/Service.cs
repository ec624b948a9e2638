namespace DeepsetCloud.Emulator;

/// <summary>The service: takes a request read wholly, changes the store and says what to answer. Knows nothing of connections.</summary>
internal sealed class Service(EmulatorOptions options, TokenStore tokens, IReadOnlyList<EmulatorUser> users)
{
    private readonly Authentication _authentication = new(users, tokens, options.Clock);
    private readonly ListTokens _list = new(options, tokens);

    public Answer Handle(RecordedRequest request, ReadOnlyMemory<byte> body, Fault? listFault)
    {
        var route = Route.Match(request.Path);
        if (route.Endpoint == Endpoint.None)
        {
            return Problem.Of(404, "Not Found");
        }

        if (!route.Allow.Split(", ").Contains(request.Method))
        {
            return Problem.Of(405, "Method Not Allowed").With("Allow", route.Allow);
        }

        if (route.Endpoint == Endpoint.Health)
        {
            return Answer.Json(200, new { status = "ok" });
        }

        if (_authentication.Identify(request.Headers) is not { } caller)
        {
            return Problem.Of(401, "Could not validate credentials.").With("WWW-Authenticate", "Bearer");
        }

        return Refuse(request, body, route, caller) ?? Dispatch(request, body, route, caller, listFault);
    }

    private Answer? Refuse(RecordedRequest request, ReadOnlyMemory<byte> body, Route route, Caller caller)
    {
        if (caller.IsApiKey && request.Method != "GET" && !options.ApiKeysCanManageTokens)
        {
            return Problem.Of(403, "API keys can't be used to create, modify, or delete other API tokens. Sign in as a user.");
        }

        if (!MediaTypes.AcceptsJson(request.Headers.GetValueOrDefault("Accept")))
        {
            return Problem.Of(406, "This service answers application/json only.");
        }

        if (request.Method != "POST" && !body.IsEmpty)
        {
            return Problem.Of(400, $"A {request.Method} request can't have a body.");
        }

        if (request.Method == "POST" && !MediaTypes.IsJson(request.Headers.GetValueOrDefault("Content-Type")))
        {
            return Problem.Of(415, "The body has to be application/json in UTF-8.");
        }

        if (!route.IsList || request.Method != "GET")
        {
            var findings = new List<Finding>();
            PageRequest.Query(request.Query, known: [], findings);
            return findings.Count == 0 ? null : Problem.Invalid(findings);
        }

        return null;
    }

    private Answer Dispatch(RecordedRequest request, ReadOnlyMemory<byte> body, Route route, Caller caller, Fault? listFault) =>
        route.Endpoint switch
        {
            Endpoint.Me => MeJson.Of(caller.User, options.Workspaces),
            Endpoint.WorkspaceTokens => _list.Handle(route.Value, request.Query, listFault),
            Endpoint.Token => Remove(route.Value),
            _ when request.Method == "POST" => Create(body, caller),
            _ => _list.Handle(workspace: null, request.Query, listFault),
        };

    private Answer Create(ReadOnlyMemory<byte> body, Caller caller)
    {
        if (CreateBody.Read(body, options.Workspaces, out var refusal) is not { } origin)
        {
            return refusal!;
        }

        var created = tokens.Create(origin, caller.User);
        int status = options.Generation == ApiGeneration.Classic ? 200 : 201;
        return Answer.Json(status, new { api_token = created.Secret });
    }

    private Answer Remove(string id)
    {
        if (!tokens.Remove(id))
        {
            return Problem.Of(404, $"API token '{id}' not found.");
        }

        return options.Generation == ApiGeneration.Classic ? Answer.Json(200, "{}") : new Answer(204);
    }
}
