using DeepsetCloud.Client;
using DeepsetCloud.Client.Http;

namespace DeepsetCloud.Sessions;

/// <summary>Makes sessions from what a user gives or the environment holds.</summary>
internal static class SessionFactory
{
    public const string KeyVariable = "DEEPSET_API_KEY";
    public const string AddressVariable = "DEEPSET_API_URL";

    /// <summary>The key in the environment; null where there is none.</summary>
    public static string? KeyFromEnvironment => NonEmpty(Environment.GetEnvironmentVariable(KeyVariable));

    private static string? AddressFromEnvironment => NonEmpty(Environment.GetEnvironmentVariable(AddressVariable));

    /// <summary>Finds the service: an address, a region, or else what the environment says.</summary>
    /// <exception cref="DcApiException">Both are given, or the address cannot be used.</exception>
    public static Uri Locate(string? address, DcRegion? region, bool allowUnencrypted)
    {
        if (address is not null && region is not null)
        {
            throw new DcApiException(ApiErrorKind.InvalidRequest, "-BaseUri and -Region both say where the service is. Give one of them.");
        }

        if (address is not null)
        {
            return Parse(address, "-BaseUri", allowUnencrypted);
        }

        if (region is null && AddressFromEnvironment is string fromEnvironment)
        {
            return Parse(fromEnvironment, "$env:" + AddressVariable, allowUnencrypted);
        }

        return region == DcRegion.US ? ServiceAddress.UnitedStates : ServiceAddress.Europe;
    }

    /// <summary>Makes a session; nothing is sent yet.</summary>
    public static DcSession Create(Uri address, BearerToken token, ConnectionOptions options) =>
        new(new DeepsetClient(address, token, options), options);

    private static Uri Parse(string text, string source, bool allowUnencrypted)
    {
        string? refusal = ServiceAddress.Parse(text, allowUnencrypted, out Uri? address) switch
        {
            AddressFault.None => null,

            // Not repeated: what was meant as an address may hold a password or be the key itself.
            AddressFault.NotHttp => $"What {source} holds is not an http or https address. Give one such as {ServiceAddress.Europe}.",
            AddressFault.HoldsCredential =>
                $"The address for {address!.Host} in {source} carries a user name or password. Give the address without it, and the key with -ApiKey.",
            AddressFault.HoldsQuery => $"The address for {address!.Host} in {source} has a query or a fragment ('?' or '#'). Give only the part before it.",
            _ => $"The address {address} in {source} is not encrypted: everybody on the way could read the API key. "
                + "Use https, or -AllowUnencryptedAuthentication if you accept that.",
        };
        return refusal is null ? address! : throw new DcApiException(ApiErrorKind.InvalidRequest, refusal);
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
