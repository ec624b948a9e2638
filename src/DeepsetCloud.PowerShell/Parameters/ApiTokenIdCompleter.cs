using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Listing;
using DeepsetCloud.Module;
using DeepsetCloud.Sessions;
using DeepsetCloud.Text;

namespace DeepsetCloud.Parameters;

/// <summary>Offers the ids of the tokens there are, by id or by name, with name, owner and expiry beside them.</summary>
public sealed class ApiTokenIdCompleter : IArgumentCompleter
{
    // Somebody waits with a finger on the key: rather nothing than late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    // Ten pages are read within that time; whoever has more tokens than they hold types more of the id.
    private static ListWindow Window => new(0, 1000, 100);

    /// <summary>Completes an id.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What is typed already.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">What is given to other parameters.</param>
    /// <returns>The tokens whose id begins so or whose name contains it; nothing if anything fails; null to leave it to others.</returns>
    public IEnumerable<CompletionResult>? CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string word = (wordToComplete ?? "").Trim('\'', '"');

            // At its first position Remove-DcApiToken takes a token or an id. As long as nothing is typed, PowerShell asks for
            // the token alone; then it asks for both. To say nothing, null is needed: an empty answer ends the search.
            if (parameterName == "InputObject" && (word.Length > 0 || IsNamed(commandAst, parameterName)))
            {
                return null;
            }

            return [.. TokensOf(Session(fakeBoundParameters)).Where(token => Matches(token, word)).Select(ToResult)];
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            // An error has no place in a command line that is being typed.
            return [];
        }
    }

    private static bool IsNamed(CommandAst? command, string parameter) => command?.CommandElements.OfType<CommandParameterAst>()
        .Any(typed => typed.ParameterName.Length > 0 && parameter.StartsWith(typed.ParameterName, StringComparison.OrdinalIgnoreCase)) == true;

    private static DcSession Session(IDictionary given)
    {
        if (given?.Contains("Session") == true)
        {
            return LanguagePrimitives.ConvertTo<DcSession[]>(given["Session"])[0];
        }

        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        SessionState state = shell.AddScript("$ExecutionContext.SessionState").Invoke<SessionState>()[0];
        return new SessionStore(state).Resolve(null, new SilentLog());
    }

    private static IReadOnlyList<ApiToken> TokensOf(DcSession session)
    {
        IClock clock = session.Service.Clock;
        if (session.RecentTokens is { } recent && clock.UtcNow - recent.At < Freshness)
        {
            return recent.Tokens;
        }

        using var limit = new CancellationTokenSource();
        clock.CancelAfter(limit, Patience);
        var lister = new TokenLister(session.Service, new SilentLog());
        CancellationToken stop = limit.Token;
        IReadOnlyList<ApiToken> tokens = Task.Run(() => lister.ListAsync(Window, null, stop), stop).GetAwaiter().GetResult().Tokens;
        session.RecentTokens = new RecentTokens(clock.UtcNow, tokens);
        return tokens;
    }

    private static bool Matches(ApiToken token, string word) =>
        token.ApiTokenId.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || (token.Name is not null && token.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static CompletionResult ToResult(ApiToken token)
    {
        string name = TextSanitizer.Clean(token.ToString());
        string[] about = [name, TextSanitizer.Clean(token.User?.ToString() ?? ""), "expires " + TokenText.Expires(token)];
        return new CompletionResult(
            Quote(token.ApiTokenId),
            name.Length == 0 ? "(no name)" : name,
            CompletionResultType.ParameterValue,
            string.Join(", ", about.Where(part => part.Length > 0)));
    }

    // The id comes from outside: what it says must not become a command.
    private static string Quote(string id) => id.All(c => c is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) && id[0] != '-'
        ? id
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(id)}'";
}
