using DeepsetCloud.Module;

namespace DeepsetCloud.Tests.Units.Text;

public class TokenTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "valid")]
    [InlineData(-1.0, "expired")]
    [InlineData(0.0, "expired")]
    [InlineData(30.0, "in 1 minute")]
    [InlineData(600.0, "in 10 minutes")]
    [InlineData(7200.0, "in 2 hours")]
    [InlineData(259_200.0, "in 3 days")]
    [InlineData(7_775_999.0, "in 90 days")]
    public void The_state_says_how_long_the_token_works(double? seconds, string expected) =>
        Assert.Equal(expected, TokenText.State(seconds is { } s ? Now.AddSeconds(s) : null, Now));

    // Null: Windows PowerShell has no $PSStyle.
    [Theory]
    [InlineData("Ansi", true)]
    [InlineData("PlainText", false)]
    [InlineData("Host", false)]
    [InlineData(null, false)]
    public void Expired_and_soon_stand_out_only_where_colour_is_on(string? rendering, bool coloured)
    {
        object? style = rendering is null ? null : new { OutputRendering = rendering };
        string State(int days) => TokenText.State(new ApiToken("id") { ExpiresAt = DateTimeOffset.UtcNow.AddDays(days).AddMinutes(1) }, new RecordingHost(), style);

        Assert.Equal(coloured ? "\u001b[31mexpired\u001b[0m" : "expired", State(-1));
        Assert.Equal(coloured ? "\u001b[33min 3 days\u001b[0m" : "in 3 days", State(3));
        Assert.Equal("in 30 days", State(30));
    }
}
