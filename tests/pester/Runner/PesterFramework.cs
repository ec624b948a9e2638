using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace DeepsetCloud.Pester.Runner;

/// <summary>Pester as a test framework of Microsoft.Testing.Platform: every It is a test.</summary>
internal sealed class PesterFramework : ITestFramework, IDataProducer
{
    public string Uid => "DeepsetCloud.Pester";

    public string Version => "1.0";

    public string DisplayName => "Pester";

    public string Description => "Runs the Pester tests in the pinned PowerShell.";

    public Type[] DataTypesProduced { get; } = [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) =>
        Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        var request = (TestExecutionRequest)context.Request;
        Task Publish(TestNode node) => context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(request.Session.SessionUid, node));

        bool listOnly = request is DiscoverTestExecutionRequest;
        int number = 0;
        try
        {
            await foreach (PesterResult result in PesterProcess.RunAsync(listOnly, context.CancellationToken))
            {
                number++;
                await Publish(listOnly ? result.ToDiscoveredNode(number) : result.ToNode(number));
            }
        }
        catch (PesterFailure failure)
        {
            await Publish(new TestNode
            {
                Uid = Uid,
                DisplayName = "The Pester run comes to its end",
                Properties = new PropertyBag(new ErrorTestNodeStateProperty(failure)),
            });
        }
        finally
        {
            context.Complete();
        }
    }

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });
}
