using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace DeepsetCloud.Emulator;

/// <summary>Puts answers on the wire. What goes before an answer is told to the log by whoever calls.</summary>
internal static class AnswerWriter
{
    /// <summary>Sets status and headers; the body may follow.</summary>
    public static void Head(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
    }

    public static async Task SendAsync(HttpContext context, Answer answer)
    {
        Head(context, answer);
        if (CanHaveBody(answer.Status))
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body);
        }
    }

    /// <summary>Writes the answer past the web server, so that no header but the given ones goes out, then closes the connection.</summary>
    public static async Task SendRawAsync(HttpContext context, Answer answer)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        head.Append("Connection: close\r\n");
        if (CanHaveBody(answer.Status))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n");
        }

        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), context.RequestAborted);
        await output.WriteAsync(answer.Body, context.RequestAborted);
        await output.CompleteAsync();
        await context.GoneAsync(TimeSpan.FromSeconds(2));
        context.Abort();
    }

    /// <summary>Headers and half of the body, given time to leave before the connection is broken.</summary>
    public static async Task SendHalfAsync(HttpContext context, Answer answer)
    {
        Head(context, answer);
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)]);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(20);
    }

    public static async Task SendSlowlyAsync(HttpContext context, Answer answer, Fault fault)
    {
        Head(context, answer);
        byte[] body = [.. Enumerable.Repeat((byte)' ', fault.LeadingBlanks), .. answer.Body.Span];
        for (int at = 0; at < body.Length; at += fault.ChunkSize)
        {
            int end = Math.Min(at + fault.ChunkSize, body.Length);
            if (end == body.Length && fault.BeforeLastChunk is { } hook)
            {
                await hook().WaitAsync(context.RequestAborted);
            }

            await context.Response.Body.WriteAsync(body.AsMemory(at..end), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (fault.Pace > TimeSpan.Zero)
            {
                await Task.Delay(fault.Pace, context.RequestAborted);
            }
        }
    }

    /// <summary>Waits until the client is gone, the server stops, or the time is over.</summary>
    public static Task GoneAsync(this HttpContext context, TimeSpan timeout) =>
        Task.Delay(timeout, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static bool CanHaveBody(int status) => status is not (204 or 205 or 304) && status >= 200;
}
