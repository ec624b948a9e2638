namespace DeepsetCloud.Tests.Engine.Wire;

/// <summary>Answers with status 200 that are not what they should be: an error that says so, one request, and a session that lives on.</summary>
public class HostileAnswerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Names => HostileAnswer.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_list_is_refused(string name)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(HostileAnswer.All[name].ToFault("GET"));
        using Shell shell = Connection.ShellTo(emulator);

        foreach (string command in (string[])["Get-DcApiToken", "Get-DcApiToken -PageNumber 1", "Get-DcApiToken -After x"])
        {
            AssertError(shell.Run(command), "InvalidResponse");
        }

        await AssertLivesOnAsync(emulator, shell, requests: 3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_creation_is_uncertain(string name)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(HostileAnswer.All[name].ToFault("POST"));
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("New-DcApiToken -Name x");

        AssertError(result, "CreationUncertain");
        Assert.Equal("x", result.Error.TargetObject);
        Assert.Contains("the token may exist", result.Error.ToString(), StringComparison.OrdinalIgnoreCase);
        await AssertLivesOnAsync(emulator, shell, requests: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_removal_is_only_confirmed_by_the_service_itself(string name)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(HostileAnswer.All[name].ToFault("DELETE"));
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run("Remove-DcApiToken -ApiTokenId some-id");

        if (HostileAnswer.All[name].IsJson)
        {
            result.EnsureNoErrors();
        }
        else
        {
            AssertError(result, "InvalidResponse");
            Assert.Equal("some-id", result.Error.TargetObject);
        }

        await AssertLivesOnAsync(emulator, shell, requests: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Who_the_key_belongs_to_stays_unknown(string name)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(HostileAnswer.All[name].ToFault("GET", "/api/v1/me"));
        using var shell = new Shell();
        shell.Set("key", Shell.Secure(emulator.DefaultUser.Token));

        ShellResult result = shell.Run($"Connect-DcSession -ApiKey $key -BaseUri {emulator.BaseAddress} -PassThru").EnsureNoErrors();

        // Fields that are not there, or strange, leave the user empty; what is no such answer at all is told.
        DcSession session = Assert.Single(result.As<DcSession>());
        Assert.True(session.User is null ? result.Warnings.Count == 1 : session.User.UserId is null && session.Organization is null);
        await AssertLivesOnAsync(emulator, shell, requests: 1);
    }

    [Theory]
    [InlineData("DELETE", 200)]
    [InlineData("DELETE", 202)]
    [InlineData("DELETE", 204)]
    [InlineData("GET", 200)]
    [InlineData("GET", 204)]
    [InlineData("POST", 200)]
    [InlineData("POST", 201)]
    [InlineData("POST", 204)]
    public async Task Nothing_at_all_confirms_a_removal_and_nothing_else(string method, int status)
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Faults.Add(new Fault { Kind = FaultKind.Status, Status = status, Method = method });
        using Shell shell = Connection.ShellTo(emulator);

        ShellResult result = shell.Run(method switch
        {
            "GET" => "Get-DcApiToken",
            "POST" => "New-DcApiToken",
            _ => "Remove-DcApiToken -ApiTokenId some-id",
        });

        if (method == "DELETE")
        {
            result.EnsureNoErrors();
        }
        else
        {
            AssertError(result, method == "POST" ? "CreationUncertain" : "InvalidResponse");
        }

        await AssertLivesOnAsync(emulator, shell, requests: 1);
    }

    private static void AssertError(ShellResult result, string id)
    {
        Assert.Null(result.Terminating);
        Assert.StartsWith(id + ",", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.IsType<DcApiException>(result.Error.Exception);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    // Nothing hangs about, and the next call is as if nothing had been.
    private static async Task AssertLivesOnAsync(EmulatorServer emulator, Shell shell, int requests)
    {
        Assert.Equal(requests, emulator.Requests.Count);
        Assert.True(await emulator.Requests.WaitForIdleAsync(Patience));
        emulator.Faults.Clear();
        emulator.Tokens.Seed(3);
        Assert.Equal(3, shell.Run("Get-DcApiToken").EnsureNoErrors().Output.Count);
    }
}
