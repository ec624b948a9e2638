using System.Buffers;

namespace DeepsetCloud.Client.Http;

/// <summary>Bytes that grow in pooled memory up to a bound.</summary>
internal sealed class PooledBuffer(int maximumBytes) : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Reads the stream to its end.</summary>
    /// <returns>False if it is longer than the bound.</returns>
    public async Task<bool> ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (_length < maximumBytes)
        {
            if (_length == _bytes.Length)
            {
                Grow();
            }

            int room = Math.Min(_bytes.Length, maximumBytes) - _length;
            int read = await stream.ReadAsync(_bytes, _length, room, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            _length += read;
        }

        // Full: one byte more is one too many. Pooled memory comes in powers of two, so growing would double it.
        return await stream.ReadAsync(new byte[1], 0, 1, cancellationToken).ConfigureAwait(false) == 0;
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        _length = 0;
        Return(bytes);
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        Return(_bytes);
        _bytes = larger;
    }
}
