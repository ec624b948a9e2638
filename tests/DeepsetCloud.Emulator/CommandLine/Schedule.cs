namespace DeepsetCloud.Emulator;

/// <summary>The regular faults that the command line can ask for.</summary>
internal static class Schedule
{
    public static void Apply(Arguments arguments, FaultPlan plan)
    {
        if (arguments.TooManyEvery == 0 && arguments.ResetEvery == 0)
        {
            return;
        }

        TimeSpan? wait = arguments.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        plan.Choose = request =>
        {
            if (IsTurn(request.Sequence, arguments.ResetEvery))
            {
                bool late = request.Sequence / arguments.ResetEvery % 2 == 0;
                return new Fault { Kind = late ? FaultKind.ResetAfterProcessing : FaultKind.ResetAfterRead };
            }

            return IsTurn(request.Sequence, arguments.TooManyEvery)
                ? new Fault { Kind = FaultKind.Status, Status = 429, Body = """{"detail":"Too many requests."}""", RetryAfter = wait }
                : null;
        };
    }

    private static bool IsTurn(long sequence, int every) => every > 0 && sequence % every == 0;
}
