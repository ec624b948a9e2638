using System.Management.Automation;

namespace DeepsetCloud.Module;

/// <summary>Values as PowerShell hands them over: bare, or wrapped for the members that it adds.</summary>
internal static class WrappedValue
{
    /// <summary>The value itself.</summary>
    public static object? Unwrap(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
