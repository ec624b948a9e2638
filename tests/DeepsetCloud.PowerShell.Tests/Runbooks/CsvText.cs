using System.Text;

namespace DeepsetCloud.Tests.Runbooks;

/// <summary>Reads CSV as RFC 4180 has it, strictly.</summary>
internal static class CsvText
{
    public static List<string[]> Parse(string text)
    {
        List<string[]> lines = [];
        List<string> cells = [];
        int at = 0;
        while (at < text.Length)
        {
            cells.Add(text[at] == '"' ? Quoted(text, ref at) : Bare(text, ref at));
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            lines.Add([.. cells]);
            cells.Clear();
        }

        return lines;
    }

    private static string Bare(string text, ref int at)
    {
        int end = text.IndexOfAny([',', '\r', '\n'], at);
        string cell = text[at..end];
        Assert.DoesNotContain('"', cell);
        at = end;
        return cell;
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        while (true)
        {
            int end = text.IndexOf('"', at + 1);
            cell.Append(text, at + 1, end - at - 1);
            at = end + 1;
            if (text[at] != '"')
            {
                return cell.ToString();
            }

            cell.Append('"');
        }
    }
}
