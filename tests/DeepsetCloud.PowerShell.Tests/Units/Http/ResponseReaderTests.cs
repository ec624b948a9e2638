using System.IO.Compression;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Tests.Units.Http;

public class ResponseReaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task A_stop_ends_a_read_before_anything_is_closed_under_it(string? encoding)
    {
        using var sent = new StreamThatHangs(encoding is null ? [] : Compressed("{}")[..5]);
        using HttpResponseMessage answer = Answer(sent, encoding);
        using var timeout = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();

        Task<AttemptResult> reading = new ResponseReader(new ConnectionOptions()).ReadAsync(new ApiRequest(HttpMethod.Get, "x"), answer, wasSent: true, timeout, stop.Token);
        await sent.IsHanging.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(sent.IsClosed);
        Assert.False(sent.WasClosedUnderAReader);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    public async Task What_is_compressed_is_bounded_by_what_it_becomes(string encoding)
    {
        byte[] bomb = Compressed(new string(' ', 10_000));
        Assert.True(bomb.Length < 1000);

        Assert.Equal(AttemptFailure.TooLarge, (await ReadAsync(bomb, encoding, maximum: 9_999)).Failure);
        using ApiResponse whole = (await ReadAsync(bomb, encoding, maximum: 10_000)).Response!;
        Assert.Equal(10_000, whole.Utf8Body.Length);
    }

    private static async Task<AttemptResult> ReadAsync(byte[] body, string encoding, int maximum)
    {
        using HttpResponseMessage answer = Answer(new MemoryStream(body), encoding);
        using var timeout = new CancellationTokenSource();
        return await new ResponseReader(new ConnectionOptions { MaximumResponseBytes = maximum })
            .ReadAsync(new ApiRequest(HttpMethod.Get, "x"), answer, wasSent: true, timeout, TestContext.Current.CancellationToken);
    }

    private static HttpResponseMessage Answer(Stream body, string? encoding)
    {
        var answer = new HttpResponseMessage { Content = new StreamContent(body) };
        if (encoding is not null)
        {
            answer.Content.Headers.ContentEncoding.Add(encoding);
        }

        return answer;
    }

    private static byte[] Compressed(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        using (var writer = new StreamWriter(gzip))
        {
            writer.Write(text);
        }

        return target.ToArray();
    }

    /// <summary>Gives what it has, and then nothing more until it is stopped.</summary>
    private sealed class StreamThatHangs(byte[] beginning) : MemoryStream(beginning)
    {
        private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isRead;

        public Task IsHanging => _hanging.Task;

        public bool IsClosed { get; private set; }

        public bool WasClosedUnderAReader { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
            {
                return await base.ReadAsync(buffer, cancellationToken);
            }

            _isRead = true;
            try
            {
                _hanging.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return 0;
            }
            finally
            {
                _isRead = false;
            }
        }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        protected override void Dispose(bool disposing)
        {
            WasClosedUnderAReader |= _isRead;
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
