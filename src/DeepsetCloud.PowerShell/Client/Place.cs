using DeepsetCloud.Text;

namespace DeepsetCloud.Client;

/// <summary>Where tokens live: an organization at a service. Two connections to the same place are as good as one.</summary>
/// <param name="Address">The root of the service.</param>
/// <param name="Organization">The organization; null where nobody has asked for it.</param>
internal sealed record Place(Uri Address, DcOrganization? Organization)
{
    /// <summary>The host, with its port where that is not the usual one.</summary>
    public string Host => Address.IsDefaultPort ? Address.Host : FormattableString.Invariant($"{Address.Host}:{Address.Port}");

    /// <summary>Whether something of one place is surely not at the other. An organization that is not known rules nothing out.</summary>
    public bool IsOtherThan(Place other) => Address != other.Address
        || (Organization?.OrganizationId is { Length: > 0 } id && other.Organization?.OrganizationId is { Length: > 0 } otherId && id != otherId);

    /// <summary>For messages and prompts.</summary>
    public override string ToString() =>
        Organization is null ? Host : $"{TextSanitizer.Clean(Organization.Name.Length > 0 ? Organization.Name : Organization.OrganizationId)} ({Host})";

    /// <summary>The same with what tells two organizations of one name apart.</summary>
    public string ToLongString() =>
        Organization?.OrganizationId is { Length: > 0 } id ? $"{Address} (organization {TextSanitizer.Clean(id)})" : $"{Address}";
}
