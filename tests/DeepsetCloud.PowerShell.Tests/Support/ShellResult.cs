using System.Management.Automation;

namespace DeepsetCloud.Tests.Support;

/// <summary>Everything that a script wrote.</summary>
internal sealed class ShellResult
{
    public ShellResult(IReadOnlyList<PSObject> output, PSDataStreams streams, ErrorRecord? terminating)
    {
        Output = output;
        Errors = [.. streams.Error];
        Verbose = [.. streams.Verbose.Select(r => r.Message)];
        Warnings = [.. streams.Warning.Select(r => r.Message)];
        Debug = [.. streams.Debug.Select(r => r.Message)];
        Progress = [.. streams.Progress];
        Terminating = terminating;
    }

    public IReadOnlyList<PSObject> Output { get; }

    public IReadOnlyList<ErrorRecord> Errors { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Debug { get; }

    public IReadOnlyList<ProgressRecord> Progress { get; }

    /// <summary>The error that ended the script; null if none did.</summary>
    public ErrorRecord? Terminating { get; }

    /// <summary>The one error, terminating or not.</summary>
    public ErrorRecord Error => Terminating ?? Assert.Single(Errors);

    /// <summary>The id of the one error, without the command.</summary>
    public string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The ids of the tokens that were written, and nothing else was.</summary>
    public IEnumerable<string> TokenIds => As<ApiToken>().Select(token => token.ApiTokenId);

    public IReadOnlyList<T> As<T>() => [.. Output.Select(o => Assert.IsType<T>(o.BaseObject, exactMatch: false))];

    public ShellResult EnsureNoErrors()
    {
        Assert.True(Terminating is null, Terminating?.ToString());
        Assert.True(Errors.Count == 0, string.Join("; ", Errors));
        return this;
    }
}
