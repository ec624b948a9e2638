namespace DeepsetCloud.Emulator;

/// <summary>One request about to be answered, truly or with a fault.</summary>
internal sealed class Exchange(
    EmulatorServer server, Service service, HttpContext context, RecordedRequest request, ReadOnlyMemory<byte>? body, Fault? fault)
{
    /// <summary>Lets the service do its work; null stands for a body too large to take.</summary>
    public Answer Process()
    {
        var answer = body is null
            ? Problem.Of(413, "The body is too large.").With("Connection", "close")
            : service.Handle(request, body.Value, fault is { ConcernsLists: true } ? fault : null);
        return Finish(answer);
    }

    public async Task AnswerAsync(Answer answer)
    {
        await ReadyAsync(answer.Status);
        await AnswerWriter.SendAsync(context, answer);
    }

    public Task MisbehaveAsync(Fault fault) => fault.Kind switch
    {
        FaultKind.ResetOnAccept or FaultKind.ResetBeforeRead or FaultKind.ResetAfterRead => ResetAsync(),
        FaultKind.ResetAfterProcessing => ResetAsync(Process()),
        FaultKind.CloseAfterRead => CloseAsync(),
        FaultKind.CloseAfterProcessing => CloseAsync(Process()),
        FaultKind.HangBeforeProcessing => HangAsync(),
        FaultKind.HangAfterProcessing => HangAsync(Process()),
        FaultKind.CutBody => CutAsync(Process()),
        FaultKind.Status or FaultKind.RawBody or FaultKind.Redirect => MadeUpAsync(fault),
        FaultKind.Gzip => AnswerAsync(Compression.Gzip(Process())),
        FaultKind.Deflate => AnswerAsync(Compression.Deflate(Process())),
        FaultKind.GzipBomb => AnswerAsync(Finish(Compression.Bomb(fault.Megabytes))),
        FaultKind.HugeBody => HugeAsync(fault),
        FaultKind.SlowBytes => SlowlyAsync(fault, Process()),
        FaultKind.NoDateHeader => RawAsync(Process()),
        _ => AnswerAsync(Process()),
    };

    private Task MadeUpAsync(Fault fault)
    {
        if (fault.Process)
        {
            Process();
        }

        return AnswerAsync(Finish(MadeUpAnswer.Of(fault)));
    }

    private async Task ResetAsync(Answer? processed = null)
    {
        _ = processed;
        await ReadyAsync(status: null);
        Wire.Reset(context);
    }

    private async Task CloseAsync(Answer? processed = null)
    {
        _ = processed;
        await ReadyAsync(status: null);
        await Wire.CloseAsync(context);
    }

    private async Task HangAsync(Answer? processed = null)
    {
        _ = processed;
        await context.GoneAsync(Timeout.InfiniteTimeSpan);
        await ReadyAsync(status: null);
    }

    private async Task CutAsync(Answer answer)
    {
        await ReadyAsync(status: null);
        if (!answer.Body.IsEmpty)
        {
            await AnswerWriter.SendHalfAsync(context, answer);
        }

        Wire.Reset(context);
    }

    private async Task HugeAsync(Fault fault)
    {
        await ReadyAsync(200);
        AnswerWriter.Head(context, Finish(Answer.Json(200, ReadOnlyMemory<byte>.Empty)));
        await HugePage.SendAsync(context, fault.Megabytes);
    }

    private async Task SlowlyAsync(Fault fault, Answer answer)
    {
        await ReadyAsync(answer.Status);
        await AnswerWriter.SendSlowlyAsync(context, answer, fault);
    }

    private async Task RawAsync(Answer answer)
    {
        await ReadyAsync(answer.Status);
        await AnswerWriter.SendRawAsync(context, answer);
    }

    private Answer Finish(Answer answer)
    {
        answer.Headers.TryAdd("x-request-id", request.RequestId);
        foreach (var (name, value) in fault?.Headers ?? new Dictionary<string, string>())
        {
            answer.With(name, value);
        }

        request.RequestId = answer.Headers["x-request-id"];
        return answer;
    }

    /// <summary>The outcome is settled: the hook runs and the request leaves flight before the client can see anything.</summary>
    private async Task ReadyAsync(int? status)
    {
        if (status is { } known)
        {
            server.Requests.Answer(request, known);
        }
        else
        {
            server.Requests.Abort(request);
        }

        if (server.AfterRequest is { } hook)
        {
            await hook(request).WaitAsync(context.RequestAborted);
        }
    }
}
