namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Responses with status 200 that are not what they should be: an error that says so, one request, and a session that lives on.</summary>
public class HostileResponseTests : EngineTest
{
    public static TheoryData<string> Names => HostileResponse.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_command_takes_it_for_a_result(string name)
    {
        HostileResponse response = HostileResponse.All[name];
        Emulator.Faults.Add(response.ToFault("GET"));
        Emulator.Faults.Add(response.ToFault("POST"));
        Emulator.Faults.Add(response.ToFault("DELETE"));
        Emulator.Faults.Add(response.ToFault("GET", "/api/v1/me"));

        AssertError(Run("Get-DcApiToken"), "InvalidResponse");
        AssertError(Run("Get-DcApiToken -PageNumber 1"), "InvalidResponse");
        AssertError(Run("Get-DcApiToken -After x"), "InvalidResponse");

        ShellResult creation = Run("New-DcApiToken -Name x");
        AssertError(creation, "CreationUncertain");
        Assert.Equal("x", creation.Error.TargetObject);
        Assert.Contains("the token may exist", creation.Error.ToString(), StringComparison.OrdinalIgnoreCase);

        // Any JSON confirms a removal, and nothing else does.
        ShellResult removal = Run("Remove-DcApiToken -ApiTokenId some-id");
        if (response.IsJson)
        {
            removal.EnsureNoErrors();
        }
        else
        {
            AssertError(removal, "InvalidResponse");
            Assert.Equal("some-id", removal.Error.TargetObject);
        }

        // Fields that are missing, or strange, leave the user empty; what is no such response at all is told.
        ShellResult connection = Run("Connect-DcSession -ApiKey $key -BaseUri $baseUri -PassThru").EnsureNoErrors();
        DcSession session = Assert.Single(connection.As<DcSession>());
        Assert.True(session.User is null ? connection.Warnings.Count == 1 : session.User.UserId is null && session.Organization is null);

        await AssertLivesOnAsync(requests: 6);
    }

    [Theory]
    [InlineData("Remove-DcApiToken -ApiTokenId some-id", 200, null)]
    [InlineData("Remove-DcApiToken -ApiTokenId some-id", 202, null)]
    [InlineData("Remove-DcApiToken -ApiTokenId some-id", 204, null)]
    [InlineData("Get-DcApiToken", 200, "InvalidResponse")]
    [InlineData("Get-DcApiToken", 204, "InvalidResponse")]
    [InlineData("New-DcApiToken", 200, "CreationUncertain")]
    [InlineData("New-DcApiToken", 201, "CreationUncertain")]
    [InlineData("New-DcApiToken", 204, "CreationUncertain")]
    public async Task A_response_without_a_body_confirms_a_removal_and_nothing_else(string script, int status, string? error)
    {
        Refuse(status);

        ShellResult result = Run(script);

        if (error is null)
        {
            result.EnsureNoErrors();
        }
        else
        {
            AssertError(result, error);
        }

        await AssertLivesOnAsync(requests: 1);
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, """{"removed":true,"any":["json",1]}""")]
    [InlineData(202, "{}")]
    public void A_removal_succeeds_with_any_JSON(int status, string body)
    {
        Emulator.Faults.Add(new Fault { Kind = FaultKind.RawBody, Method = "DELETE", Status = status, Body = body });

        Assert.Equal(["a"], Run("Remove-DcApiToken a -PassThru").EnsureNoErrors().TokenIds);
    }

    private static void AssertError(ShellResult result, string id)
    {
        Assert.Null(result.Terminating);
        Assert.Equal(id, result.ErrorId);
        Assert.IsType<DcApiException>(result.Error.Exception);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    // Nothing hangs about, and the next call is as if nothing had been.
    private async Task AssertLivesOnAsync(int requests)
    {
        Assert.Equal(requests, Emulator.Requests.Count);
        Assert.True(await Emulator.Requests.WaitForIdleAsync(Patience));
        Emulator.Faults.Clear();
        Emulator.Tokens.Seed(3);
        Assert.Equal(3, Run("Get-DcApiToken -Session $session").EnsureNoErrors().Output.Count);
    }
}
