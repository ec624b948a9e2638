using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace DeepsetCloud.Emulator;

/// <summary>Passes bytes through; where an HTTP/1.1 request begins, asks the faults whether the connection shall break there.</summary>
internal sealed class RequestStartReader(PipeReader inner, ConnectionState state, FaultPlan faults, ConnectionContext connection)
    : PipeReader
{
    private const string Http2Preface = "PRI";

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Inspect(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        bool read = inner.TryRead(out result);
        if (read)
        {
            Inspect(result);
        }

        return read;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Inspect(ReadResult result)
    {
        if (!state.BetweenRequests || result.Buffer.IsEmpty)
        {
            return result;
        }

        var reader = new SequenceReader<byte>(result.Buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> method, (byte)' ')
            || !reader.TryReadTo(out ReadOnlySequence<byte> target, (byte)' '))
        {
            return result;
        }

        state.BetweenRequests = false;
        string name = Encoding.Latin1.GetString(method);
        if (name != Http2Preface && faults.TakeBeforeRead(name, Encoding.Latin1.GetString(target)))
        {
            Wire.Reset(connection);
            throw new ConnectionResetException("Reset by a fault before the request was read.");
        }

        return result;
    }
}
