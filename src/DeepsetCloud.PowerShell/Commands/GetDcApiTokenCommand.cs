using System.Management.Automation;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Listing;
using DeepsetCloud.Parameters;

namespace DeepsetCloud.Commands;

/// <summary>Lists API tokens: all of them, the ones with given ids, or one page in the service's own words.</summary>
[Cmdlet(VerbsCommon.Get, "DcApiToken", DefaultParameterSetName = AllSet)]
[OutputType(typeof(ApiToken))]
public sealed class GetDcApiTokenCommand : DcCmdlet
{
    private const string AllSet = "All";
    private const string IdSet = "Id";
    private const string PageSet = "Page";
    private const string CursorSet = "Cursor";

    private readonly List<string> _ids = [];
    private bool _asked;

    /// <summary>Names to look for; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = AllSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>How many tokens to take at the most.</summary>
    [Parameter(ParameterSetName = AllSet)]
    public ulong First { get; set; } = ulong.MaxValue;

    /// <summary>How many tokens to leave out at the start.</summary>
    [Parameter(ParameterSetName = AllSet)]
    public ulong Skip { get; set; }

    /// <summary>Writes first how many tokens there are.</summary>
    [Parameter(ParameterSetName = AllSet)]
    public SwitchParameter IncludeTotalCount { get; set; }

    /// <summary>The ids of the tokens.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [TokenId]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    public string[] ApiTokenId { get; set; } = [];

    /// <summary>The number of the page, from 1.</summary>
    [Parameter(ParameterSetName = PageSet, Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int PageNumber { get; set; }

    /// <summary>The id behind which the page begins.</summary>
    [Parameter(ParameterSetName = CursorSet)]
    [ValidateNotNullOrEmpty]
    public string? After { get; set; }

    /// <summary>The id before which the page ends.</summary>
    [Parameter(ParameterSetName = CursorSet)]
    [ValidateNotNullOrEmpty]
    public string? Before { get; set; }

    /// <summary>How many tokens to ask for at once.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = CursorSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Limit { get; set; } = 100;

    /// <summary>Lists only tokens that are scoped to this workspace alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>The sessions to use.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DcSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Input that binds to nothing must not turn into "all tokens": without a record there is nothing to do.
        _asked = true;
        foreach (string id in ApiTokenId)
        {
            try
            {
                Identifiers.CheckTokenId(id);
                _ids.Add(id);
            }
            catch (DcApiException e)
            {
                WriteApiError(e, id);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_asked || (ParameterSetName == IdSet && _ids.Count == 0))
        {
            return;
        }

        if (Workspace is not null)
        {
            OrThrow(() => Identifiers.CheckWorkspace(Workspace), Workspace);
        }

        foreach (string cursor in new[] { After, Before }.OfType<string>())
        {
            OrThrow(() => Identifiers.CheckCursor(cursor), cursor);
        }

        foreach (string name in Name ?? [])
        {
            OrThrow(() => TokenSelection.CheckName(name), name);
        }

        DcSession[] sessions = [.. (Session?.Distinct() ?? [null!]).Select(ResolveSession)];
        switch (ParameterSetName)
        {
            case PageSet:
                WritePages(sessions, new TokenQuery { PageNumber = PageNumber });
                break;
            case CursorSet:
                WritePages(sessions, new TokenQuery { After = After, Before = Before });
                break;
            default:
                WriteSelection(sessions);
                break;
        }
    }

    // One request each, as given: the page is the service's own.
    private void WritePages(DcSession[] sessions, TokenQuery query)
    {
        query = query with
        {
            Limit = MyInvocation.BoundParameters.ContainsKey(nameof(Limit)) ? Limit : null,
            Workspace = Workspace,
        };
        foreach (DcSession session in sessions)
        {
            try
            {
                TokenPage page = Await(stop => session.Service.ListPageAsync(query, Log, stop));
                WriteVerbose($"data: {page.Tokens.Count}, has_more: {page.HasMore}, total: {page.Total}");
                WriteObject(page.Tokens, enumerateCollection: true);
            }
            catch (DcApiException e)
            {
                WriteApiError(e, session);
            }
        }
    }

    // Everything is read before the first token is written: what is removed downstream cannot shift what is still to be read.
    private void WriteSelection(DcSession[] sessions)
    {
        TokenSelection selection = ParameterSetName == IdSet
            ? TokenSelection.ByIds(_ids)
            : TokenSelection.ByNames(Name, Skip, First);
        foreach (DcSession session in sessions)
        {
            if (selection.Window(Limit, IncludeTotalCount) is not { } window)
            {
                continue;
            }

            try
            {
                var lister = new TokenLister(session.Service, Log);
                selection.Add(Await(stop => lister.ListAsync(window, Workspace, stop)));
            }
            catch (DcApiException e)
            {
                WriteApiError(e, session);
                selection.IsIncomplete = true;
            }
        }

        EndProgress();
        if (IncludeTotalCount)
        {
            WriteObject(PagingTotal.Of(selection.IsIncomplete ? null : selection.Total));
        }

        WriteObject(selection.Tokens, enumerateCollection: true);
        foreach ((string wanted, string message) in selection.Missing)
        {
            WriteApiError(new DcApiException(ApiErrorKind.ApiTokenNotFound, message), wanted);
        }
    }
}
