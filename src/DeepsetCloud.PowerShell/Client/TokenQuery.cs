using System.Globalization;
using System.Text;

namespace DeepsetCloud.Client;

/// <summary>The query of one list request, in the service's own words. What is null is not sent.</summary>
internal sealed record TokenQuery
{
    private const string Root = "api/v1/token";

    public string? After { get; init; }

    public string? Before { get; init; }

    public int? Limit { get; init; }

    public int? PageNumber { get; init; }

    public string? Workspace { get; init; }

    /// <summary>The path and query, escaped, relative to the service's root.</summary>
    public string ToRelativeUri()
    {
        var uri = new StringBuilder(Workspace is null ? Root : $"api/v1/workspaces/{Uri.EscapeDataString(Workspace)}/token");
        char separator = '?';
        Append("after", After);
        Append("before", Before);
        Append("limit", Limit?.ToString(CultureInfo.InvariantCulture));
        Append("page_number", PageNumber?.ToString(CultureInfo.InvariantCulture));
        return uri.ToString();

        void Append(string name, string? value)
        {
            if (value is not null)
            {
                uri.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }
    }
}
