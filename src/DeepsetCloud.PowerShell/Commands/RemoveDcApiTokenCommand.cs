using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Parameters;
using DeepsetCloud.Text;

namespace DeepsetCloud.Commands;

/// <summary>Removes API tokens, several at once.</summary>
[Cmdlet(VerbsCommon.Remove, "DcApiToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(void))]
[OutputType(typeof(ApiToken))]
public sealed class RemoveDcApiTokenCommand : DcCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string IdSet = "Id";

    private DcSession? _session;
    private bool _oneByOne;

    /// <summary>The token to remove, as Get-DcApiToken writes it. It is removed where it was read.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    public ApiToken InputObject { get; set; } = null!;

    /// <summary>The ids of the tokens to remove.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TokenId(Refusal = "A token is not an id. Pipe tokens to Remove-DcApiToken, or give one with -InputObject: each is removed where it was read.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    public string[] ApiTokenId { get; set; } = [];

    /// <summary>How many removals are under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>Writes each token that was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Asks no question. It does not overrule -WhatIf.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The session to use.</summary>
    [Parameter]
    [ValidateNotNull]
    public DcSession? Session { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Where an error ends the command, nothing may be under way that the user believes untouched.
        string? onError = Preference("ErrorAction", "ErrorActionPreference")?.ToString();
        _oneByOne = onError is not (null or "" or "Continue" or "SilentlyContinue" or "Ignore");
        if (Session is not null)
        {
            _session = ResolveSession(Session);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            Remove(InputObject, () => ServiceOf(InputObject));
        }
        else
        {
            foreach (string id in ApiTokenId)
            {
                Remove(new ApiToken(id) { IsIdOnly = true }, () => (_session ??= ResolveSession(null)).Service);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WaitUntilFewerThan(1);
        EndProgress();
    }

    private void Remove(ApiToken token, Func<DeepsetClient> serviceOf)
    {
        try
        {
            PathSegment.CheckTokenId(token.ApiTokenId);
            DeepsetClient service = serviceOf();
            if (IsConfirmed(token, service))
            {
                StartRemoval(token, service);
            }
        }
        catch (DcApiException e)
        {
            WriteApiError(e, token.ApiTokenId);
        }
    }

    private void StartRemoval(ApiToken token, DeepsetClient service)
    {
        Start(async stop =>
        {
            try
            {
                await service.RemoveAsync(token.ApiTokenId, Log, stop).ConfigureAwait(false);
                Post(() => WriteRemoved(token));
            }
            catch (DcApiException e)
            {
                Post(() => WriteApiError(e, token.ApiTokenId));
            }
        });
        WaitUntilFewerThan(_oneByOne ? 1 : ThrottleLimit);
    }

    private void WriteRemoved(ApiToken token)
    {
        if (PassThru)
        {
            WriteObject(token);
        }
    }

    // A token is removed where it lives. Another session that leads to the same place (a new connection) is as good.
    private DeepsetClient ServiceOf(ApiToken token)
    {
        if (_session is null)
        {
            return token.Origin ?? (_session = ResolveSession(null)).Service;
        }

        if (token.Origin is { } origin && (origin.BaseAddress != _session.BaseUri || IsOfAnotherOrganization(origin, _session.Service)))
        {
            throw new DcApiException(
                ApiErrorKind.InvalidRequest,
                $"The API token '{token}' was read at {Place(origin)}, and -Session leads to {Place(_session.Service)}. Nothing was removed. "
                + "Leave out -Session, and each token is removed where it was read.");
        }

        return _session.Service;
    }

    private static bool IsOfAnotherOrganization(DeepsetClient one, DeepsetClient other) =>
        one.OrganizationId is string id && other.OrganizationId is string otherId && id != otherId;

    private static string Place(DeepsetClient service) =>
        service.OrganizationId is string id ? $"{service.BaseAddress} (organization {TextSanitizer.Clean(id)})" : $"{service.BaseAddress}";

    private bool IsConfirmed(ApiToken token, DeepsetClient service)
    {
        bool asks = !Force || MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf;
        return !asks || ShouldProcess(Describe(token, service), "Remove");
    }

    // As PowerShell reads it: $WhatIfPreference = 1 is true, too.
    private bool IsWhatIf => LanguagePrimitives.IsTrue(Preference("WhatIf", "WhatIfPreference"));

    private static string Describe(ApiToken token, DeepsetClient service)
    {
        string name = string.IsNullOrEmpty(token.Name) ? "" : $" '{TextSanitizer.Clean(token.Name!)}'";
        return $"API token{name} {token.ApiTokenId} at {service.BaseAddress.Host}";
    }
}
