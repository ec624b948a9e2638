using System.Management.Automation;
using DeepsetCloud.Api;
using DeepsetCloud.Commands.Pipeline;

namespace DeepsetCloud.Commands;

/// <summary>Creates an API token and writes its secret: the one time that it is shown.</summary>
[Cmdlet(VerbsCommon.New, "DcApiToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ExpiresAtSet)]
[OutputType(typeof(CreatedApiToken))]
[OutputType(typeof(string))]
public sealed class NewDcApiTokenCommand : DcCmdlet
{
    private const string ExpiresAtSet = "ExpiresAt";
    private const string ExpiresInSet = "ExpiresIn";
    private const string NeverExpiresSet = "NeverExpires";

    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(1);

    private DcSession _session = null!;

    /// <summary>The name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    /// <summary>The instant at which the token expires.</summary>
    [Parameter(ParameterSetName = ExpiresAtSet, ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(DateTimeOffset), "a date and time, such as 2030-12-31 or 2030-12-31T12:00Z")]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The time from now after which the token expires.</summary>
    [Parameter(ParameterSetName = ExpiresInSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(TimeSpan), "a time, such as 90.00:00:00 for 90 days")]
    public TimeSpan ExpiresIn { get; set; }

    /// <summary>Makes a token that does not expire.</summary>
    [Parameter(ParameterSetName = NeverExpiresSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(SwitchParameter), "True or False")]
    public SwitchParameter NeverExpires { get; set; }

    /// <summary>Personal or service key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(ApiTokenType), "a type: Personal or Service")]
    public ApiTokenType? Type { get; set; }

    /// <summary>The role in the organization.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(OrganizationRole), "a role: Member, Admin or External")]
    public OrganizationRole? OrganizationRole { get; set; }

    /// <summary>The id of the role to assign.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? RoleId { get; set; }

    /// <summary>The workspaces that the token may access.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Workspaces")]
    public string[]? Workspace { get; set; }

    /// <summary>Writes the secret as a plain string.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>The session to use.</summary>
    [Parameter]
    [ValidateNotNull]
    public DcSession? Session { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // What is bound here was typed: an empty cell of a CSV file comes later, and means that nothing is given.
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ExpiresAt)) && ExpiresAt is null)
        {
            OrThrow(
                () => throw Refused("-ExpiresAt is null. Give the instant at which the token expires; for one that does not, give -NeverExpires."),
                nameof(ExpiresAt));
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(Workspace)) && (Workspace is null or [] || Workspace.Any(string.IsNullOrWhiteSpace)))
        {
            OrThrow(
                () => throw Refused("-Workspace holds no name, or an empty one. Give the names of workspaces; without -Workspace the token may access all."),
                nameof(Workspace));
        }

        _session = ResolveSession(Session);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object target = string.IsNullOrEmpty(Name) ? _session : Name!;
        try
        {
            NewTokenRequest request = ToRequest();
            string what = request.Name is null ? "an API token without a name" : $"the API token '{request.Name}'";
            if (ShouldProcess($"{what} at {_session}", "Create"))
            {
                Create(request);
            }
        }
        catch (DcApiException e)
        {
            WriteApiError(e, target);
        }
    }

    private void Create(NewTokenRequest request)
    {
        CreatedApiToken? created = null;
        bool uncertain = false;
        using var earlyStop = new EarlyStop();
        try
        {
            Await(Start(async stop =>
            {
                try
                {
                    created = await _session.Service.CreateAsync(request, Log, stop).ConfigureAwait(false);
                }
                catch (DcApiException e) when (e.Kind == ApiErrorKind.CreationUncertain)
                {
                    uncertain = true;
                    throw;
                }
            }));
            WriteObject(AsPlainText ? SecureText.Reveal(created!.ApiToken) : created);
        }
        catch (Exception) when (created is not null && (Stopping || !earlyStop.IsCause))
        {
            Keep(created);
            throw;
        }
        catch (Exception e) when (uncertain && (Stopping || e is not DcApiException))
        {
            // A command that is being stopped can write no error any more; only the host can still be told.
            Host?.UI?.WriteWarningLine(
                $"New-DcApiToken was stopped before the service had answered. The API token{Called(request.Name)} may exist; its secret is lost. "
                + "Look for it with Get-DcApiToken, and remove it if it is there.");
            throw;
        }
    }

    // Created, but not (surely) delivered: the secret is shown this once, so it is kept where it can be had.
    private void Keep(CreatedApiToken created)
    {
        _session.KeepUndelivered(created);
        string where = "TakeUndeliveredToken() of the session that was given with -Session";
        if (Session is null)
        {
            // The session of the environment variable is nobody's variable: as the default one it can be had.
            Sessions.Default ??= _session;
            where = "(Get-DcSession).TakeUndeliveredToken()";
        }

        Host?.UI?.WriteWarningLine(
            $"The API token{Called(created.Name)} was created, but its command ended before it was delivered. "
            + $"Its secret is kept in the session: {where}");
    }

    private static string Called(string? name) => name is null ? "" : $" '{ServerWords.Clean(name)}'";

    private NewTokenRequest ToRequest()
    {
        if (ParameterSetName == ExpiresInSet && ExpiresIn < ShortestLife)
        {
            // A bare number such as 90 is that many ten-millionths of a second to PowerShell.
            throw Refused($"-ExpiresIn is {ExpiresIn}, less than a minute from now. Give a time such as 90.00:00:00 (90 days).");
        }

        if (ParameterSetName == ExpiresInSet && ExpiresIn > DateTimeOffset.MaxValue - Now)
        {
            throw Refused($"-ExpiresIn is {ExpiresIn}, which ends after the last date that there is. For a token that does not expire, give -NeverExpires.");
        }

        if (!string.IsNullOrEmpty(RoleId) && !Guid.TryParse(RoleId, out _))
        {
            throw Refused($"-RoleId is '{ServerWords.Clean(RoleId!)}', which is not the id of a role. Give a UUID.");
        }

        if (new[] { Name }.Concat(Workspace ?? []).Any(text => text is not null && !UnicodeText.IsWellFormed(text)))
        {
            throw Refused("-Name or -Workspace is not valid Unicode text: it ends or is broken within a character. Nothing was sent.");
        }

        return new NewTokenRequest
        {
            // An empty cell of a CSV file means "not given".
            Name = NonEmpty(Name),
            RoleId = NonEmpty(RoleId),
            ExpiresAt = ParameterSetName == ExpiresInSet ? Now + ExpiresIn : ExpiresAt,
            NeverExpires = NeverExpires,
            Type = Type,
            OrganizationRole = OrganizationRole,
            Workspaces = NonEmpty(Workspace ?? []),
        };
    }

    // Whole seconds: what a person means by "in 90 days".
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(_session.Service.Clock.UtcNow.ToUnixTimeSeconds());

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string[]? NonEmpty(string[] cells)
    {
        string[] given = [.. cells.Where(cell => NonEmpty(cell) is not null)];
        return given.Length == 0 ? null : given;
    }

    private static DcApiException Refused(string message) => new(ApiErrorKind.InvalidRequest, message);
}
