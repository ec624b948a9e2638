using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DeepsetCloud.Tests.Engine.Secrecy;

/// <summary>An object in every shape that formatting knows, with all its properties, rendered by the engine.</summary>
internal static class FormattedViews
{
    public static IEnumerable<(string Way, string Text)> Of(object value)
    {
        string[] names = [.. PSObject.AsPSObject(value).Properties.Select(property => property.Name)];
        string list = Show(value, List(names));
        Assert.All(names, name => Assert.Contains(name, list, StringComparison.Ordinal));
        yield return ("a list view", list);
        yield return ("no view", Show(value, null));
        yield return ("a table view", Show(value, Table(names)));
        yield return ("a custom view", Show(value, Custom(names)));
        foreach (string name in names)
        {
            yield return ($"a wide view of {name}", Show(value, WideControl.Create().AddPropertyEntry(name).EndWideControl()));
        }
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

    private static string Show(object value, PSControl? control)
    {
        var state = InitialSessionState.CreateDefault2();
        if (control is not null)
        {
            string type = PSObject.AsPSObject(value).BaseObject.GetType().FullName!;
            state.Formats.Add(new SessionStateFormatEntry(new ExtendedTypeDefinition(type, [new FormatViewDefinition("test", control)])));
        }

        var host = new RecordingHost();
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Out-Default").Invoke(new[] { value });
        return host.Shown;
    }
}
