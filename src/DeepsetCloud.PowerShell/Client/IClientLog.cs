namespace DeepsetCloud.Client;

/// <summary>Where the work tells what it does. Callable from any thread.</summary>
internal interface IClientLog
{
    void Verbose(string message);

    void Warning(string message);

    /// <summary>Tells how far a long piece of work has come.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="done">How many items are done.</param>
    /// <param name="total">How many there are in all.</param>
    void Progress(string activity, long done, long total);

    /// <summary>Tells that work waits.</summary>
    /// <param name="why">The reason, without a dot.</param>
    /// <param name="howLong">The time from now on.</param>
    void Waiting(string why, TimeSpan howLong);
}
