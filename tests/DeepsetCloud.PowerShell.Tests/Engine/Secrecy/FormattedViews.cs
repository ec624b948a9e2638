using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>An object in every shape that formatting knows, with all its properties, rendered by the engine.</summary>
internal static class FormattedViews
{
    public static IEnumerable<(string Way, string Text)> Of(object value)
    {
        string[] names = [.. PSObject.AsPSObject(value).Properties.Select(property => property.Name)];
        var views = new Dictionary<string, PSControl?>
        {
            ["a list view"] = List(names),
            ["a table view"] = Table(names),
            ["a custom view"] = Custom(names),
            ["no view"] = null,
        };
        foreach (string name in names)
        {
            views.Add($"a wide view of {name}", WideControl.Create().AddPropertyEntry(name).EndWideControl());
        }

        (string Way, string Text)[] shown = [.. Show(value, views)];
        Assert.All(names, name => Assert.Contains(name, shown[0].Text, StringComparison.Ordinal));
        return shown;
    }

    private static ListControl List(string[] names)
    {
        ListEntryBuilder entry = ListControl.Create().StartEntry();
        return names.Aggregate(entry, (list, name) => list.AddItemProperty(name)).EndEntry().EndList();
    }

    private static TableControl Table(string[] names)
    {
        TableControlBuilder table = names.Aggregate(TableControl.Create(autoSize: true), (t, name) => t.AddHeader(label: name));
        return names.Aggregate(table.StartRowDefinition(), (row, name) => row.AddPropertyColumn(name)).EndRowDefinition().EndTable();
    }

    private static CustomControl Custom(string[] names)
    {
        CustomEntryBuilder entry = CustomControl.Create().StartEntry();
        return names.Aggregate(entry, (c, name) => c.AddText(name).AddPropertyExpressionBinding(name, enumerateCollection: true).AddNewline()).EndEntry().EndControl();
    }

    // Each view is that of a type of its own, and the object passes for that type while it is shown.
    private static IEnumerable<(string Way, string Text)> Show(object value, Dictionary<string, PSControl?> views)
    {
        var state = InitialSessionState.CreateDefault2();
        foreach ((string way, PSControl? control) in views)
        {
            if (control is not null)
            {
                state.Formats.Add(new SessionStateFormatEntry(new ExtendedTypeDefinition(way, [new FormatViewDefinition(way, control)])));
            }
        }

        var host = new RecordingHost();
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        var wrapped = PSObject.AsPSObject(value);
        foreach (string way in views.Keys)
        {
            int before = host.Shown.Length;
            wrapped.TypeNames.Insert(0, way);
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand("Out-Default").Invoke(new[] { wrapped });
            wrapped.TypeNames.RemoveAt(0);
            yield return (way, host.Shown[before..]);
        }
    }
}
