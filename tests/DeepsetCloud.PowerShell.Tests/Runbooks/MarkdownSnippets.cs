using System.Text;

namespace DeepsetCloud.Tests.Runbooks;

/// <summary>The PowerShell in a Markdown page: fenced blocks, and the scripts of the steps in its YAML.</summary>
internal static class MarkdownSnippets
{
    private static readonly string[] StepKeys = ["run: |", "pwsh: |", "- pwsh: |", "- run: |"];

    /// <returns>Each snippet with the number of its first line.</returns>
    public static IEnumerable<(int Line, string Text)> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is "```powershell" or "```yaml")
            {
                int end = Array.IndexOf(lines, "```", i + 1);
                IEnumerable<(int, string)> found = lines[i] == "```yaml" ? Steps(lines, i + 1, end) : [(i + 2, string.Join('\n', lines[(i + 1)..end]))];
                foreach ((int, string) snippet in found)
                {
                    yield return snippet;
                }

                i = end;
            }
        }
    }

    private static IEnumerable<(int Line, string Text)> Steps(string[] lines, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (!StepKeys.Contains(lines[i].Trim()))
            {
                continue;
            }

            int first = i + 1;
            int indent = Indent(lines[first]);
            var text = new StringBuilder();
            for (i = first; i < to && Indent(lines[i]) >= indent; i++)
            {
                text.Append(lines[i][indent..]).Append('\n');
            }

            i--;
            yield return (first + 1, text.ToString());
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
