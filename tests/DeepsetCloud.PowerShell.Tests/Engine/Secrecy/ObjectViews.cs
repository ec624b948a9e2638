using System.Collections;
using System.Management.Automation;
using System.Security;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Everything that PowerShell can make of an object without running a method of it.</summary>
internal static class ObjectViews
{
    /// <param name="value">The object.</param>
    /// <param name="depth">How far to follow properties. Error records lead to all commands there are.</param>
    public static IEnumerable<(string Way, string Text)> Of(object value, int depth = 6)
    {
        var wrapped = PSObject.AsPSObject(value);
        string type = wrapped.BaseObject.GetType().Name;
        yield return ($"{type}.ToString", wrapped.BaseObject.ToString() ?? "");
        yield return ($"{type} as text", wrapped.ToString());
        yield return ($"{type} as CLIXML", PSSerializer.Serialize(value, depth));
        yield return ($"the properties of {type}", string.Join("\n", Walk(value, type, depth, new HashSet<object>(ReferenceEqualityComparer.Instance))));
        foreach (PSMemberInfo member in MembersOf(wrapped))
        {
            yield return ($"{type}.{member.Name}", $"{member.Name} {member} {Read(member)}");
        }
    }

    // The sets that PowerShell hides, with what they hold, besides what it shows.
    private static IEnumerable<PSMemberInfo> MembersOf(PSObject value)
    {
        string[] hidden = ["psbase", "psadapted", "psextended", "psobject", "pstypenames", "PSStandardMembers"];
        IEnumerable<PSMemberInfo> sets = hidden.Select(name => value.Members[name]).OfType<PSMemberInfo>();
        return value.Members.Concat(sets).Concat(sets.OfType<PSMemberSet>().SelectMany(set => set.Members));
    }

    // As ConvertTo-Json, Format-Custom and Select-Object -ExpandProperty get at things, methods not called.
    private static IEnumerable<string> Walk(object? value, string path, int depth, HashSet<object> seen)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is null)
        {
            yield break;
        }

        yield return $"{path} = {plain}";
        if (depth == 0 || plain is string or SecureString or Type or Delegate || plain.GetType().IsPrimitive || !seen.Add(plain))
        {
            yield break;
        }

        foreach (PSPropertyInfo property in PSObject.AsPSObject(value!).Properties)
        {
            foreach (string line in Walk(Read(property), $"{path}.{property.Name}", depth - 1, seen))
            {
                yield return line;
            }
        }

        foreach (object? item in plain is IEnumerable list ? list : Array.Empty<object>())
        {
            foreach (string line in Walk(item, path + "[]", depth - 1, seen))
            {
                yield return line;
            }
        }
    }

    private static object? Read(PSMemberInfo member)
    {
        try
        {
            return member.Value;
        }
        catch (Exception e) when (e is GetValueException or RuntimeException)
        {
            return e.ToString();
        }
    }
}
