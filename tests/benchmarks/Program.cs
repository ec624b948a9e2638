using DeepsetCloud.Benchmarks;
using DeepsetCloud.Benchmarks.Rows;

if (args is [ImportRows.Argument, var manifest])
{
    Console.WriteLine(ImportRows.Measure(manifest).ToString(System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}

string[] known = ["--write", "list", "remove", "trouble", "stop", "import", "parse", "growth"];
if (args.Except(known).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is not known. Give any of: {string.Join(' ', known)}; nothing runs all, --write also writes docs/performance.md.");
    return 2;
}

string[] wanted = args.Where(a => a != "--write").ToArray();
bool Runs(string name)
{
    bool runs = wanted.Length == 0 || wanted.Contains(name);
    if (runs)
    {
        Console.Error.WriteLine($"{name} ...");
    }

    return runs;
}

const int rounds = 5;
var rows = new List<Row>();
IReadOnlyList<GrowthPoint> points = [];
if (Runs("list"))
{
    rows.AddRange(await ListingRows.RunAsync(rounds));
}

if (Runs("remove"))
{
    rows.AddRange(await RemovalRows.RunAsync(3));
}

if (Runs("trouble"))
{
    rows.AddRange(await RemovalRows.RunInTroubleAsync());
}

if (Runs("stop"))
{
    rows.AddRange(await StopRows.RunAsync(rounds));
}

if (Runs("import"))
{
    rows.AddRange(await ImportRows.RunAsync(9));
}

if (Runs("parse"))
{
    rows.AddRange(await ParsingRows.RunAsync());
}

if (Runs("growth"))
{
    (IEnumerable<Row> growth, points) = await GrowthRows.RunAsync();
    rows.AddRange(growth);
}

Console.WriteLine(Report.Machine);
Console.WriteLine();
Console.Write(Report.Table(rows));
if (args.Contains("--write"))
{
    if (points.Count == 0 || wanted.Length > 0)
    {
        await Console.Error.WriteLineAsync("Only a full run is written to docs/.");
        return 2;
    }

    await File.WriteAllTextAsync(Path.Combine(Paths.Root, "docs", "performance.md"), Report.Page(rows, points));
    await File.WriteAllTextAsync(Path.Combine(Paths.Root, "docs", "performance.svg"), GrowthPlot.Draw(points));
}

return rows.All(r => r.IsMet) ? 0 : 1;
