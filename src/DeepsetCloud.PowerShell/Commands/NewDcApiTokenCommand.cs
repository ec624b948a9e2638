using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Commands.Pipeline;
using DeepsetCloud.Parameters;
using DeepsetCloud.Text;

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

    private DcSession _session = null!;
    private PendingTokens? _pending;
    private bool _isLanguageConstrained;

    /// <summary>The name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    /// <summary>The instant at which the token expires.</summary>
    [Parameter(ParameterSetName = ExpiresAtSet, ValueFromPipelineByPropertyName = true)]
    [StrictConversion(typeof(DateTimeOffset), "a date and time, such as 2030-12-31 or 2030-12-31T12:00Z")]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The time from now after which the token expires.</summary>
    [Parameter(ParameterSetName = ExpiresInSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [StrictConversion(typeof(TimeSpan), "a time, such as 90.00:00:00 for 90 days")]
    public TimeSpan ExpiresIn { get; set; }

    /// <summary>Makes a token that does not expire.</summary>
    [Parameter(ParameterSetName = NeverExpiresSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [StrictConversion(typeof(SwitchParameter), "True or False")]
    public SwitchParameter NeverExpires { get; set; }

    /// <summary>Personal or service key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [StrictConversion(typeof(ApiTokenType), "a type: Personal or Service")]
    public ApiTokenType? Type { get; set; }

    /// <summary>The role in the organization.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [StrictConversion(typeof(OrganizationRole), "a role: Member, Admin or External")]
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
        _isLanguageConstrained = SessionState.LanguageMode != PSLanguageMode.FullLanguage;
        _pending = new PendingTokens("New-DcApiToken", Sessions.Keeping, Host);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _pending!.Process(CreateOne);

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.End();

    private protected override void AtPipelineEnd() => _pending?.Settle(Stopping);

    private void CreateOne()
    {
        object target = string.IsNullOrEmpty(Name) ? _session : Name!;
        try
        {
            NewTokenRequest request = ToRequest();
            string what = request.Name is null ? "an API token without a name" : $"the API token '{request.Name}'";
            if (ShouldProcess($"{what} at {_session.Service.Place}", "Create"))
            {
                CreatedApiToken created = Await(stop => CreateAsync(request, stop));
                _pending!.Write(() => WriteObject(AsPlainText ? SecureText.Reveal(created.ApiToken) : created));
            }
        }
        catch (DcApiException e)
        {
            // A command that is being stopped can write no error.
            if (!Stopping)
            {
                _pending!.ReportedUncertain();
            }

            WriteApiError(e, target);
        }
    }

    private async Task<CreatedApiToken> CreateAsync(NewTokenRequest request, CancellationToken stop)
    {
        try
        {
            CreatedApiToken created = await _session.Service.CreateAsync(request, Log, stop).ConfigureAwait(false);
            _pending!.Add(_session, created);
            if (_isLanguageConstrained)
            {
                // The view can call nothing there, so it cannot tell that a token is only displayed.
                created.KeepShown!();
            }

            return created;
        }
        catch (DcApiException e) when (e.Kind == ApiErrorKind.CreationUncertain)
        {
            _pending!.AddUncertain(request.Name);
            throw;
        }
    }

    private NewTokenRequest ToRequest()
    {
        if (!string.IsNullOrEmpty(RoleId) && !Guid.TryParse(RoleId, out _))
        {
            throw Refused($"-RoleId is '{TextSanitizer.Clean(RoleId!)}', which is not the id of a role. Give a UUID.");
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
            ExpiresAt = ParameterSetName == ExpiresInSet ? Lifetime.EndOf(ExpiresIn, _session.Service.Clock.UtcNow) : ExpiresAt,
            NeverExpires = NeverExpires,
            Type = Type,
            OrganizationRole = OrganizationRole,
            Workspaces = NonEmpty(Workspace ?? []),
        };
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string[]? NonEmpty(string[] cells)
    {
        string[] given = [.. cells.Where(cell => NonEmpty(cell) is not null)];
        return given.Length == 0 ? null : given;
    }

    private static DcApiException Refused(string message) => new(ApiErrorKind.InvalidRequest, message);
}
