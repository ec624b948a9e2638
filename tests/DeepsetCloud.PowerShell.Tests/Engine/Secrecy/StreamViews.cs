using System.Collections;
using System.Management.Automation;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Everything that a script said, on every stream and on the host.</summary>
internal static class StreamViews
{
    public static IEnumerable<(string Way, string Text)> Of(ShellResult result, Shell shell) =>
        [.. OfText(result), OfHost(shell), .. ErrorsOf(result).SelectMany(Of), .. OfErrorVariable(shell)];

    /// <summary>What a person sees, without a look into the members of objects.</summary>
    public static IEnumerable<(string Way, string Text)> OfText(ShellResult result) =>
    [
        ("the verbose stream", string.Join("\n", result.Verbose)),
        ("the debug stream", string.Join("\n", result.Debug)),
        ("the warning stream", string.Join("\n", result.Warnings)),
        ("the progress stream", string.Join("\n", result.Progress)),
        .. ErrorsOf(result).SelectMany(TextOf),
    ];

    /// <summary>Everything that was shown since the shell began.</summary>
    public static (string Way, string Text) OfHost(Shell shell) => ("the host, as in a transcript", shell.Host.Shown);

    /// <summary>The variable $Error, to the depth of what its records hold: one of each kind, and the text of all is seen before.</summary>
    public static IEnumerable<(string Way, string Text)> OfErrorVariable(Shell shell) => shell.Run("$Error").Output
        .Select(output => output.BaseObject)
        .DistinctBy(error => error is ErrorRecord record ? record.FullyQualifiedErrorId.Split(',')[0] : error.GetType().Name)
        .SelectMany(error => error is ErrorRecord record ? Of(record) : ObjectViews.Of(error, depth: 3))
        .Select(view => ("$Error: " + view.Way, view.Text));

    public static IEnumerable<(string Way, string Text)> Of(ErrorRecord error) =>
    [
        .. TextOf(error),
        .. ObjectViews.Of(error, depth: 3),
        .. ExceptionsOf(error).SelectMany(exception => ObjectViews.Of(exception, depth: 3)),
    ];

    private static IEnumerable<(string Way, string Text)> TextOf(ErrorRecord error) =>
    [
        ("an error record", string.Join("\n", error, error.ErrorDetails, error.ErrorDetails?.RecommendedAction, error.CategoryInfo, error.TargetObject)),
        .. ExceptionsOf(error).Select(exception => ("an exception", exception.ToString())),
        .. ExceptionsOf(error).Select(exception => ("the data of an exception", string.Join("\n", exception.Data.Cast<DictionaryEntry>().Select(e => $"{e.Key} {e.Value}")))),
    ];

    private static IEnumerable<Exception> ExceptionsOf(ErrorRecord error)
    {
        for (Exception? e = error.Exception; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    private static IEnumerable<ErrorRecord> ErrorsOf(ShellResult result) =>
        result.Terminating is null ? result.Errors : [.. result.Errors, result.Terminating];
}
