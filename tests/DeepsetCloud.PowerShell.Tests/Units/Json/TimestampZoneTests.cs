using System.Text;
using System.Text.Json;
using DeepsetCloud.Client.Json;

namespace DeepsetCloud.Tests.Units.Json;

/// <summary>An instant is the same wherever it is read: a computer in UTC would not notice otherwise.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class TimestampZoneTests : IDisposable
{
    private readonly string? _zone = Environment.GetEnvironmentVariable("TZ");

    public TimestampZoneTests() => SetZone("Asia/Kolkata");

    [Theory]
    [InlineData("2022-05-12T12:25:09", "2022-05-12T12:25:09.0000000+00:00")]
    [InlineData("2022-05-12 12:25:09.123456", "2022-05-12T12:25:09.1234560+00:00")]
    [InlineData("2022-05-12T12:25:09.1234567Z", "2022-05-12T12:25:09.1234567+00:00")]
    [InlineData("2022-05-12T12:25:09+02:00", "2022-05-12T12:25:09.0000000+02:00")]
    public void The_zone_of_the_computer_does_not_count(string text, string roundTrip)
    {
        // Only Unix takes its zone from the environment.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The zone cannot be changed for one process.");
        Assert.Equal(TimeSpan.FromHours(5.5), TimeZoneInfo.Local.BaseUtcOffset);

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        reader.Read();

        Assert.True(Timestamp.TryRead(ref reader, out DateTimeOffset instant));
        Assert.Equal(roundTrip, instant.ToString("o"));
    }

    [Fact]
    public void What_is_written_is_in_UTC() =>
        Assert.Equal("2022-05-20T08:00:46.000Z", Timestamp.Write(new DateTimeOffset(2022, 5, 20, 13, 30, 46, TimeSpan.FromHours(5.5))));

    public void Dispose() => SetZone(_zone);

    private static void SetZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
