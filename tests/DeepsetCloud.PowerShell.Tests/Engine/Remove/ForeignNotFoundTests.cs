namespace DeepsetCloud.Tests.Engine.Remove;

/// <summary>A 404 says that a token is gone only if it comes from the service, and not from a proxy that lost its way there.</summary>
public class ForeignNotFoundTests
{
    private const string Page = "<html><head><title>default backend - 404</title></head></html>";

    [Theory]
    [InlineData(Page, "text/html")]
    [InlineData("default backend - 404", "text/plain")]
    [InlineData("", null)]
    public async Task After_a_repetition_the_removal_is_not_reported_as_done(string body, string? contentType)
    {
        await using ConnectedShell connected = await StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 503, Method = "DELETE" });
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 404, Method = "DELETE", Body = body, ContentType = contentType });

        await AssertUnknownAsync(connected);
    }

    [Fact]
    public async Task A_web_page_is_no_answer_of_the_service()
    {
        await using ConnectedShell connected = await StartAsync();
        connected.Emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 404, Method = "DELETE", Body = Page, ContentType = "text/html; charset=utf-8" });

        await AssertUnknownAsync(connected);
    }

    private static async Task<ConnectedShell> StartAsync()
    {
        ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Emulator.Tokens.Seed(1);
        connected.Shell.Set("id", connected.Emulator.Tokens.Snapshot()[0].ApiTokenId);
        return connected;
    }

    private static async Task AssertUnknownAsync(ConnectedShell connected)
    {
        ShellResult result = await Task.Run(() => connected.Run("Remove-DcApiToken $id -PassThru -Session $session"));

        Assert.Empty(result.Output);
        Assert.StartsWith("InvalidResponse,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is not known", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, connected.Emulator.Tokens.Count);
    }
}
