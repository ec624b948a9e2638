using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace DeepsetCloud.Module;

/// <summary>What the module's views show of a token. For <c>DeepsetCloud.format.ps1xml</c>, not for scripts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TokenText
{
    private const string Red = "\u001b[31m";
    private const string Yellow = "\u001b[33m";
    private const string Plain = "\u001b[0m";

    /// <summary>What counts as soon.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>The expiry in local time, or <c>never</c>; empty where it is not known.</summary>
    /// <param name="token">A token, also one that has been deserialised.</param>
    /// <returns>A text that sorts as the time does.</returns>
    public static string Expires(object? token) => !IsKnown(token) ? ""
        : ExpiryOf(token) is { } instant ? instant.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "never";

    /// <summary>How long the token still works, in colour where the host shows colours; empty where it is not known.</summary>
    /// <param name="token">A token, also one that has been deserialised.</param>
    /// <param name="host">The host that will show it.</param>
    /// <param name="style">The variable <c>$PSStyle</c>; null on Windows PowerShell.</param>
    /// <returns><c>valid</c>, <c>expired</c> or <c>in 3 days</c>.</returns>
    public static string State(object? token, PSHost host, object? style)
    {
        if (!IsKnown(token))
        {
            return "";
        }

        DateTimeOffset? expiresAt = ExpiryOf(token);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string text = State(expiresAt, now);
        if (expiresAt is null || expiresAt - now > Soon || !ShowsColours(host, style))
        {
            return text;
        }

        return (expiresAt <= now ? Red : Yellow) + text + Plain;
    }

    /// <summary>Has the secret of a created token kept in its session, since it may be going nowhere but into this view.</summary>
    /// <param name="token">The token.</param>
    public static void KeepShown(object? token) => (token.Unwrap() as CreatedApiToken)?.KeepShown?.Invoke();

    internal static string State(DateTimeOffset? expiresAt, DateTimeOffset now) => (expiresAt - now) switch
    {
        null => "valid",
        { } left when left <= TimeSpan.Zero => "expired",
        { TotalHours: >= 36 } left => In(left.TotalDays, "day"),
        { TotalMinutes: >= 90 } left => In(left.TotalHours, "hour"),
        { } left => In(Math.Ceiling(left.TotalMinutes), "minute"),
    };

    // Of a token that was removed by its id, nothing else is known.
    private static bool IsKnown(object? token) => token.Unwrap() is not ApiToken { IsIdOnly: true };

    // What has been serialised comes back as an object with the members of a DateTimeOffset, or as one of the other two.
    private static DateTimeOffset? ExpiryOf(object? token)
    {
        object? value = token.Unwrap() is ApiToken live ? live.ExpiresAt : PSObject.AsPSObject(token ?? "").Properties["ExpiresAt"]?.Value;
        object? instant = value is PSObject wrapped ? wrapped.Properties["UtcDateTime"]?.Value ?? wrapped.BaseObject : value;
        return instant switch
        {
            null => null,
            DateTimeOffset exact => exact,
            DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            _ => DateTimeOffset.Parse(instant.ToString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        };
    }

    private static string In(double count, string unit)
    {
        double whole = Math.Round(count);
        return FormattableString.Invariant($"in {whole} {unit}{(whole == 1 ? "" : "s")}");
    }

    // By name: the members are newer than the oldest PowerShell that the module runs on.
    private static bool ShowsColours(PSHost host, object? style) => Read(style, "OutputRendering") switch
    {
        null or "PlainText" => false,
        "Ansi" => true,
        _ => !Console.IsOutputRedirected && Read(host.UI, "SupportsVirtualTerminal") == bool.TrueString,
    };

    private static string? Read(object? target, string property) =>
        target is null ? null : PSObject.AsPSObject(target).Properties[property]?.Value?.ToString();
}
