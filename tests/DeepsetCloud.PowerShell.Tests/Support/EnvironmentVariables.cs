namespace DeepsetCloud.Tests.Support;

/// <summary>The module's variables of the process, set for the length of a test. Only for the collection "Environment".</summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private const string KeyName = "DEEPSET_API_KEY";
    private const string AddressName = "DEEPSET_API_URL";
    private readonly string? _key = Environment.GetEnvironmentVariable(KeyName);
    private readonly string? _address = Environment.GetEnvironmentVariable(AddressName);

    public EnvironmentVariables(string? key = null, string? address = null) => Set(key, address);

    public static void Set(string? key, string? address)
    {
        Environment.SetEnvironmentVariable(KeyName, key);
        Environment.SetEnvironmentVariable(AddressName, address);
    }

    public void Dispose() => Set(_key, _address);
}
