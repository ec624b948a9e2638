using System.Text;
using System.Text.Json;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

public class TimestampTests
{
    [Theory]
    [InlineData("2022-05-12T12:25:09+02:00", "2022-05-12T12:25:09.0000000+02:00")]
    [InlineData("2022-05-12T12:25:09-05:30", "2022-05-12T12:25:09.0000000-05:30")]
    [InlineData("2022-05-12T12:25:09Z", "2022-05-12T12:25:09.0000000+00:00")]
    [InlineData("2022-05-12T12:25:09z", "2022-05-12T12:25:09.0000000+00:00")]
    [InlineData("2022-05-12T12:25:09.1Z", "2022-05-12T12:25:09.1000000+00:00")]
    [InlineData("2022-05-12T12:25:09.463Z", "2022-05-12T12:25:09.4630000+00:00")]
    [InlineData("2022-05-12T12:25:09.463000Z", "2022-05-12T12:25:09.4630000+00:00")]
    [InlineData("2022-05-12T12:25:09.123456Z", "2022-05-12T12:25:09.1234560+00:00")]
    [InlineData("2022-05-12T12:25:09.1234567Z", "2022-05-12T12:25:09.1234567+00:00")]
    [InlineData("2022-05-12T12:25:09.123456789Z", "2022-05-12T12:25:09.1234567+00:00")]
    [InlineData("2022-05-12T12:25:09.9999999999+02:00", "2022-05-12T12:25:09.9999999+02:00")]
    [InlineData("2022-05-12T12:25:09.1234567+02:00", "2022-05-12T12:25:09.1234567+02:00")]
    [InlineData("2022-05-12T12:25:09\\u002b02:00", "2022-05-12T12:25:09.0000000+02:00")]
    [InlineData("2022-05-12T12:25:09.1234567\\u002B02:00", "2022-05-12T12:25:09.1234567+02:00")]
    [InlineData("2022-05-12T12:25:09", "2022-05-12T12:25:09.0000000+00:00")]
    [InlineData("2022-05-12T12:25:09.123456", "2022-05-12T12:25:09.1234560+00:00")]
    [InlineData("2022-05-12T12:25:09.1234567", "2022-05-12T12:25:09.1234567+00:00")]
    [InlineData("2022-05-12 12:25:09+02:00", "2022-05-12T12:25:09.0000000+02:00")]
    [InlineData("2022-05-12 12:25:09.123456+00:00", "2022-05-12T12:25:09.1234560+00:00")]
    [InlineData("2022-05-12T12:25:09+0200", "2022-05-12T12:25:09.0000000+02:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    public void Every_form_is_read_exactly(string text, string roundTrip)
    {
        Assert.True(TryRead(text, out DateTimeOffset instant));

        Assert.Equal(roundTrip, instant.ToString("o"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("2022-13-12T12:25:09Z")]
    [InlineData("2022-05-12T25:25:09Z")]
    [InlineData("2022-05-12T12:25:09+99:00")]
    [InlineData("1652351109")]
    public void Anything_else_is_no_instant(string text) => Assert.False(TryRead(text, out _));

    [Theory]
    [InlineData("2022-05-20T13:30:46.4630000+00:00", "2022-05-20T13:30:46.463Z")]
    [InlineData("2022-05-20T13:30:46.0000000+00:00", "2022-05-20T13:30:46.000Z")]
    [InlineData("2022-05-20T13:30:46.0000000+02:00", "2022-05-20T11:30:46.000Z")]
    [InlineData("2022-05-20T13:30:46.1234560+00:00", "2022-05-20T13:30:46.123456Z")]
    [InlineData("2022-05-20T13:30:46.1234567+00:00", "2022-05-20T13:30:46.1234567Z")]
    public void It_is_written_in_UTC_with_the_digits_it_takes(string instant, string text) =>
        Assert.Equal(text, Timestamp.Write(DateTimeOffset.ParseExact(instant, "o", null)));

    [Fact]
    public void What_is_written_is_read_back_to_the_tick()
    {
        var random = new Random(4711);
        for (int i = 0; i < 2_000; i++)
        {
            var instant = new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks / 2, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

            Assert.True(TryRead(Timestamp.Write(instant), out DateTimeOffset read));
            Assert.Equal(instant.Ticks, read.Ticks);
        }
    }

    private static bool TryRead(string text, out DateTimeOffset instant)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        reader.Read();
        return Timestamp.TryRead(ref reader, out instant);
    }
}
