using System.Globalization;

namespace DeepsetCloud.Tests.Engine.Session;

/// <summary>Runbook jobs share a process. Each has a session of its own, and only that one.</summary>
public class ManyRunspacesTests
{
    private const int Count = 32;

    [Fact]
    public async Task Thirty_two_runspaces_with_thirty_two_users_never_mix()
    {
        var options = new EmulatorOptions();
        for (int i = 0; i < Count; i++)
        {
            options.Users.Add(new EmulatorUser { Token = Name("key", i), GivenName = "User", FamilyName = i.ToString(CultureInfo.InvariantCulture) });
            options.Workspaces.Add(Name("ws", i));
        }

        await using EmulatorServer emulator = await EmulatorServer.StartAsync(options);
        Shell[] shells = [.. Enumerable.Range(0, Count).Select(i => Prepare(emulator, i))];
        try
        {
            // All of them are let go at the same moment, when each has asked its first question.
            var allHere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            int here = 0;
            emulator.BeforeRequest = _ =>
            {
                if (Interlocked.Increment(ref here) == Count)
                {
                    allHere.SetResult();
                }

                return allHere.Task;
            };
            RunningScript[] running = [.. shells.Select(shell => shell.Begin(
                """
                Connect-DcSession $key -BaseUri $baseUri
                1..3 | ForEach-Object { New-DcApiToken -Name $name -Workspace $workspace } | Out-Null
                Get-DcApiToken -Workspace $workspace
                Get-DcApiToken -Workspace $workspace | Remove-DcApiToken
                (Get-DcSession).User.ToString()
                """))];

            for (int i = 0; i < Count; i++)
            {
                ShellResult result = running[i].End().EnsureNoErrors();
                Assert.Equal(4, result.Output.Count);
                Assert.All(result.Output.Take(3), output => Assert.Equal(Name("token", i), Assert.IsType<ApiToken>(output.BaseObject).Name));
                Assert.Equal($"User {i}", result.Output[3].BaseObject);
                running[i].Dispose();
            }
        }
        finally
        {
            foreach (Shell shell in shells)
            {
                shell.Dispose();
            }
        }

        Assert.True(emulator.Requests.MaxInFlight >= Count);
        Assert.Equal(0, emulator.Tokens.Count);
        AssertNobodyUsedTheKeyOfAnother(emulator);
    }

    private static void AssertNobodyUsedTheKeyOfAnother(EmulatorServer emulator)
    {
        IReadOnlyList<RecordedRequest> requests = emulator.Requests.Snapshot();
        for (int i = 0; i < Count; i++)
        {
            RecordedRequest[] ours = [.. requests.Where(request => request.Headers["Authorization"] == "Bearer " + Name("key", i))];
            Assert.Equal(1 + 3 + 2 + 3, ours.Length);
            Assert.All(ours.Where(request => request.Method == "POST"), request =>
                Assert.Equal($$"""{"name":"{{Name("token", i)}}","workspaces":["{{Name("ws", i)}}"]}""", request.Body));
            Assert.All(ours.Where(request => request.Path.Contains("workspaces", StringComparison.Ordinal)), request =>
                Assert.Equal($"/api/v1/workspaces/{Name("ws", i)}/token", request.Path));
            Assert.All(ours.Where(request => request.Method == "DELETE"), request => Assert.Equal(204, request.Status));

            // And no connection carries two keys.
            HashSet<string> connections = [.. ours.Select(request => request.ConnectionId)];
            Assert.All(requests.Where(request => connections.Contains(request.ConnectionId)), request => Assert.Contains(request, ours));
        }
    }

    private static Shell Prepare(EmulatorServer emulator, int i)
    {
        var shell = new Shell();
        shell.Set("baseUri", emulator.BaseAddress.ToString());
        shell.Set("key", Shell.Secure(Name("key", i)));
        shell.Set("name", Name("token", i));
        shell.Set("workspace", Name("ws", i));
        return shell;
    }

    private static string Name(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}-{number:D2}");
}
