using System.Reflection;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>Looks for a text in everything that can be reached from an object, private fields and sealed strings included.</summary>
internal static class ObjectGraph
{
    private const int MaximumObjects = 1_000_000;

    /// <summary>Where the text is; null if it is nowhere.</summary>
    public static string? Find(object root, string text)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { root };
        var queue = new Queue<(object Value, string Path)>([(root, root.GetType().Name)]);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        while (queue.TryDequeue(out (object Value, string Path) next))
        {
            if (Holds(next.Value, text, utf8))
            {
                return next.Path;
            }

            foreach ((object value, string name) in Children(next.Value))
            {
                if (seen.Add(value))
                {
                    queue.Enqueue((value, next.Path.Length > 2_000 ? next.Path : $"{next.Path}.{name}"));
                }
            }

            Assert.InRange(seen.Count, 1, MaximumObjects);
        }

        return null;
    }

    private static bool Holds(object value, string text, byte[] utf8) => value switch
    {
        string s => s.Contains(text, StringComparison.Ordinal),
        char[] chars => chars.AsSpan().IndexOf(text) >= 0,
        byte[] bytes => bytes.AsSpan().IndexOf(utf8) >= 0 || bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes(text.AsSpan())) >= 0,
        SecureString secure => Reveal(secure).Contains(text, StringComparison.Ordinal),
        _ => false,
    };

    private static string Reveal(SecureString secure)
    {
        try
        {
            return new System.Net.NetworkCredential("", secure).Password;
        }
        catch (ObjectDisposedException)
        {
            return "";
        }
    }

    private static IEnumerable<(object Value, string Name)> Children(object value)
    {
        // What leads out of an object into the runtime is no part of it.
        if (value is string or SecureString or MemberInfo or Assembly or System.Reflection.Module or Thread or Pointer || value.GetType().IsPrimitive)
        {
            yield break;
        }

        if (value is Array array)
        {
            if (array.GetType().GetElementType()!.IsPrimitive)
            {
                yield break;
            }

            foreach (object? item in array)
            {
                if (item is not null)
                {
                    yield return (item, "[]");
                }
            }

            yield break;
        }

        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPrimitive && !field.FieldType.IsPointer && !field.FieldType.IsByRefLike && field.GetValue(value) is { } child)
                {
                    yield return (child, field.Name);
                }
            }
        }
    }
}
