using System.Globalization;
using System.Net;
using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;
using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.DesktopCheck;

/// <summary>The operations of the service. Fields: command, base address, key, and what the command needs.</summary>
internal static class ApiOperations
{
    // One service for each address and key, as a session has one: connections are kept from one command to the next.
    private static readonly Dictionary<string, DeepsetClient> Services = [];
    private static readonly ImmediateClock Clock = new();
    private static readonly QuietLog Log = new();

    public static async Task<string> RunAsync(string[] command, CancellationToken stop)
    {
        Clock.Waits.Clear();
        try
        {
            return await RunOneAsync(ServiceFor(command[1], command[2]), command, stop);
        }
        catch (DcApiException e)
        {
            return $"error\t{e.ErrorId}\t{e.StatusCode}\t{e.Message}\t{e.ServerMessage}";
        }
    }

    private static async Task<string> RunOneAsync(DeepsetClient service, string[] command, CancellationToken stop)
    {
        switch (command[0])
        {
            case "list":
                TokenListing listing = await new TokenLister(service, Log).ListAsync(ListWindow.All(100), null, stop);
                return $"listed\t{listing.Total}\t{Clock.Waits.Count}\t{string.Join(",", listing.Tokens.Select(t => t.ApiTokenId))}";
            case "first":
                TokenPage page = await service.ListPageAsync(new TokenQuery { Limit = 1 }, Log, stop);
                ApiToken token = page.Tokens[0];
                return $"first\t{token.ApiTokenId}\t{token.Name}\t{token.User}\t{token.Type}\t{token.ExpiresAt:o}\t{token.CreatedAt:o}";
            case "me":
                Identity me = await service.WhoAmIAsync(Log, stop);
                return $"me\t{me.User}\t{me.Organization}";
            case "create":
                CreatedApiToken created = await service.CreateAsync(
                    new NewTokenRequest
                    {
                        Name = command[3],
                        ExpiresAt = DateTimeOffset.Parse(command[4], CultureInfo.InvariantCulture),
                        Type = ApiTokenType.Service,
                        Workspaces = ["default"],
                    },
                    Log,
                    stop);
                return $"created\t{new NetworkCredential("", created.ApiToken).Password}";
            case "remove":
                await service.RemoveAsync(command[3], Log, stop);
                return $"removed\t{Clock.Waits.Count}";
            case "close":
                service.Dispose();
                return "closed";
            default:
                throw new ArgumentException($"There is no command '{command[0]}'.");
        }
    }

    private static DeepsetClient ServiceFor(string address, string key)
    {
        if (!Services.TryGetValue(address + key, out DeepsetClient service))
        {
            ServiceAddress.Parse(address, allowUnencrypted: false, out Uri? root);
            service = new DeepsetClient(root!, new BearerToken(key, "key"), new ConnectionOptions { Clock = Clock });
            Services.Add(address + key, service);
        }

        return service;
    }
}
