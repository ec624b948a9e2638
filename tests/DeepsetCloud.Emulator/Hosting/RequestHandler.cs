namespace DeepsetCloud.Emulator;

/// <summary>The way of one request: read, hook, fault, latency, service, answer.</summary>
internal sealed class RequestHandler(EmulatorServer server, Service service)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = RequestReader.Head(context);
        server.Requests.Begin(request);
        try
        {
            await RunAsync(context, request);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up, or the server is being stopped.
            server.Requests.Abort(request);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // A hook failed; without a log the answer is the place to say so.
            server.Requests.Answer(request, 500);
            await AnswerWriter.SendAsync(context, Problem.Of(500, "The emulator failed: " + e).With("x-request-id", request.RequestId));
        }
        finally
        {
            if (request.Status is null)
            {
                server.Requests.Abort(request);
            }

            if (context.Features.Get<ConnectionState>() is { } state)
            {
                state.BetweenRequests = true;
            }
        }
    }

    private async Task RunAsync(HttpContext context, RecordedRequest request)
    {
        var body = await RequestReader.BodyAsync(context, request);
        if (server.BeforeRequest is { } hook)
        {
            await hook(request).WaitAsync(context.RequestAborted);
        }

        bool firstLineSeen = HttpProtocol.IsHttp11(context.Request.Protocol);
        var fault = server.Faults.TakeFor(request, firstLineSeen);
        await Pause(fault?.Delay ?? TimeSpan.Zero, context);
        await Pause(server.Options.Latency, context);

        var exchange = new Exchange(server, service, context, request, body, fault);
        await (fault is null ? exchange.AnswerAsync(exchange.Process()) : exchange.MisbehaveAsync(fault));
    }

    private static Task Pause(TimeSpan time, HttpContext context) =>
        time > TimeSpan.Zero ? Task.Delay(time, context.RequestAborted) : Task.CompletedTask;
}
