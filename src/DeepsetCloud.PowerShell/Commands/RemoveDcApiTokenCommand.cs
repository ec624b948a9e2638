using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Commands.Errors;
using DeepsetCloud.Commands.Pipeline;
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

    private readonly RemovalRecord _record = new();
    private (DcApiException Error, string ApiTokenId)? _end;
    private DcSession? _default;
    private DeepsetClient? _client;
    private bool _isToldOf;
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

    private DcSession DefaultSession => _default ??= ResolveSession(null);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Where an error ends the command, nothing may be under way that the user believes untouched.
        string? onError = Preference("ErrorAction", "ErrorActionPreference")?.ToString();
        _oneByOne = onError is not (null or "" or "Continue" or "SilentlyContinue" or "Ignore");
        if (Session is not null)
        {
            ResolveSession(Session);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            Remove(InputObject, () => ClientOf(InputObject));
        }
        else
        {
            foreach (string id in ApiTokenId)
            {
                Remove(new ApiToken(id) { IsIdOnly = true }, () => (Session ?? DefaultSession).Service);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WaitUntilFewerThan(1);
        ThrowIfEnded();
        EndProgress();
        _isToldOf = true;
    }

    private void Remove(ApiToken token, Func<DeepsetClient> clientOf)
    {
        try
        {
            Identifiers.CheckTokenId(token.ApiTokenId);
            DeepsetClient client = clientOf();
            if (IsConfirmed(token, client))
            {
                StartRemoval(token, client);
            }
        }
        catch (DcApiException e)
        {
            WriteFailed(e, token.ApiTokenId);
            ThrowIfEnded();
        }
    }

    private void StartRemoval(ApiToken token, DeepsetClient client)
    {
        _client = client;
        long number = _record.Begin(token);
        Start(async stop =>
        {
            try
            {
                await client.RemoveAsync(token.ApiTokenId, Log, stop).ConfigureAwait(false);
                _record.Removed(number);
                Post(() => WriteRemoved(token));
            }
            catch (DcApiException e)
            {
                if (!e.IsUncertain)
                {
                    _record.NotRemoved(number);
                }

                Post(() => WriteFailed(e, token.ApiTokenId));
            }
        });
        WaitUntilFewerThan(_oneByOne ? 1 : ThrottleLimit);
        ThrowIfEnded();
    }

    private void WriteFailed(DcApiException error, string apiTokenId)
    {
        if (ErrorTable.IsTerminating(error.Kind))
        {
            _end ??= (error, apiTokenId);
            return;
        }

        // If this error is to end the command, it is the last that can be said.
        _isToldOf = _oneByOne;
        WriteError(ErrorRecordFactory.From(_oneByOne ? error.With(_record.SummaryOfRemoved) : error, apiTokenId));
        _isToldOf = false;
    }

    // What makes all later removals pointless ends the command, but not before those that are under way have come to their end.
    private void ThrowIfEnded()
    {
        if (_end is var (error, apiTokenId))
        {
            if (_client is not null)
            {
                Drain(_client.Clock, _client.Timeout);
            }

            _isToldOf = true;
            ThrowTerminatingError(ErrorRecordFactory.From(error.With(_record.Summary()), apiTokenId));
        }
    }

    private protected override void AtPipelineEnd()
    {
        // Neither a stop nor a failure elsewhere in the pipeline lets a command write any more: only the host can be told.
        if (!_isToldOf && _record.Summary() is string summary)
        {
            Host?.UI?.WriteWarningLine($"Remove-DcApiToken ended early. {summary}");
        }
    }

    private void WriteRemoved(ApiToken token)
    {
        if (PassThru)
        {
            WriteObject(token);
        }
    }

    // A token is removed where it was read. Another session that leads to the same place (a new connection) is as good.
    private DeepsetClient ClientOf(ApiToken token)
    {
        if (Session is null)
        {
            return token.Origin ?? DefaultSession.Service;
        }

        Place place = Session.Service.Place;
        return token.Origin is not { } origin || !origin.Place.IsOtherThan(place) ? Session.Service : throw new DcApiException(
            ApiErrorKind.InvalidRequest,
            $"The API token '{token}' was read at {origin.Place.ToLongString()}, and -Session leads to {place.ToLongString()}. Nothing was removed. "
            + "Leave out -Session, and each token is removed where it was read.");
    }

    private bool IsConfirmed(ApiToken token, DeepsetClient client)
    {
        bool asks = !Force || MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf;
        return !asks || ShouldProcess(Describe(token, client), "Remove");
    }

    // As PowerShell reads it: $WhatIfPreference = 1 is true, too.
    private bool IsWhatIf => LanguagePrimitives.IsTrue(Preference("WhatIf", "WhatIfPreference"));

    private static string Describe(ApiToken token, DeepsetClient client)
    {
        string name = string.IsNullOrEmpty(token.Name) ? "" : $" '{TextSanitizer.Clean(token.Name!)}'";
        return $"API token{name} {token.ApiTokenId} at {client.Place}";
    }
}
