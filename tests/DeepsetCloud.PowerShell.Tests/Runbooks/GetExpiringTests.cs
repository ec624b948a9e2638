using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DeepsetCloud.Tests.Runbooks;

public sealed class GetExpiringTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly string _folder = Directory.CreateTempSubdirectory("deepset-report-").FullName;

    private string Csv => Path.Combine(_folder, "tokens.csv");

    private string Html => Path.Combine(_folder, "tokens.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_expires_soon_comes_out_in_order_of_expiry()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        int[] days = [20, 5, 40, -3, 12];
        emulator.Tokens.Seed(5, i => new NewToken { Name = $"in-{days[i]}", ExpiresAt = Now.AddDays(days[i]).AddMinutes(10), Personal = i != 1 });
        emulator.Tokens.Create(new NewToken { Name = "never", Expires = false });
        using Shell shell = Runbook.Shell(emulator);

        IReadOnlyList<PSObject> soon = shell.Run(Runbook.Report + " -Days 30").EnsureNoErrors().Output;
        IReadOnlyList<PSObject> all = shell.Run(Runbook.Report + " -Days 50 -IncludeExpired").EnsureNoErrors().Output;

        Assert.Equal(["in-5", "in-12", "in-20"], soon.Select(o => o.Value("Name")));
        Assert.Equal(["in--3", "in-5", "in-12", "in-20", "in-40"], all.Select(o => o.Value("Name")));
        Assert.Equal(["Expired", "Expiring"], all.Take(2).Select(o => o.Value("State")));
        Assert.Equal([-3.0, 5.0], all.Take(2).Select(o => o.Value("DaysLeft")));
        Assert.Equal(["Service", "Personal"], soon.Take(2).Select(o => o.Value("Type")));
        Assert.Equal(["in-12"], shell.Run(Runbook.Report + " -Name '*12'").EnsureNoErrors().Output.Select(o => o.Value("Name")));
        emulator.AssertReadOnly();
    }

    [Fact]
    public async Task Nothing_to_report_is_a_report_too()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Runbook.Shell(emulator);

        Assert.Empty(Report(shell).EnsureNoErrors().Output);

        Assert.Single(ReadCsv());
        Assert.Empty(ReadRows());
    }

    [Fact]
    public async Task Hostile_names_can_act_in_no_spreadsheet()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        SeedHostile(emulator);
        using Shell shell = Runbook.Shell(emulator);

        Report(shell).EnsureNoErrors();

        List<string[]> lines = ReadCsv();
        Assert.Equal(Runbook.HostileNames.Count + 1, lines.Count);
        Assert.All(lines, line => Assert.Equal(8, line.Length));
        Assert.All(lines.Skip(1).SelectMany(line => line), cell => Assert.DoesNotMatch(@"^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]", cell));
        Assert.All(lines.SelectMany(line => line), cell => Assert.DoesNotMatch(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]", cell));

        // A spreadsheet set to another separator cuts the raw text there, quotes or not.
        string[] pieces = File.ReadAllText(Csv).Split(';', '\t', '|', ',', '\r', '\n');
        Assert.All(pieces, piece => Assert.DoesNotMatch(@"^[\s""]*[=+\-@]", piece));
        string[] names = [.. lines.Skip(1).Select(line => line[3])];
        Assert.Contains("say \"hi\"", names);
        Assert.Contains("emoji \U0001F511", names);
        Assert.Contains("two lines", names);
        Assert.Contains("'=cmd|' /C calc'!A0", names);
    }

    [Fact]
    public async Task Hostile_names_are_text_on_the_page()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        SeedHostile(emulator);
        using Shell shell = Runbook.Shell(emulator);

        Report(shell).EnsureNoErrors();

        XElement[] rows = ReadRows();
        Assert.Equal(Runbook.HostileNames.Count, rows.Length);
        Assert.All(rows, row => Assert.All(row.Descendants(), e => Assert.Equal("td", e.Name)));
        Assert.All(rows, row => Assert.Equal(8, row.Elements().Count()));
        string[] names = [.. rows.Select(row => row.Elements().ElementAt(3).Value)];
        Assert.Contains("<script>alert(1)</script>", names);
        Assert.Contains("&lt;b&gt;", names);
        Assert.Contains("it's", names);
    }

    [Fact]
    public async Task The_files_are_what_spreadsheets_and_browsers_expect_and_are_replaced_whole()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        emulator.Tokens.Create(new NewToken { Name = "Schlüssel", ExpiresAt = new DateTimeOffset(Now.Year + 1, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)) });
        using Shell shell = Runbook.Shell(emulator);
        File.WriteAllText(Csv, new string('x', 10_000));

        ShellResult result = shell.Run(Runbook.Report + $" -Days 700 -CsvPath '{Csv}' -HtmlPath '{Html}'").EnsureNoErrors();

        Assert.Single(result.Output);
        byte[] bytes = File.ReadAllBytes(Csv);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes.Take(3));
        Assert.DoesNotMatch(@"\r(?!\n)|(?<!\r)\n", File.ReadAllText(Csv));
        string[] line = ReadCsv()[1];
        Assert.Equal($"{Now.Year + 1}-03-01T10:00:00Z", line[2]);
        Assert.Equal("Schlüssel", line[3]);
        Assert.Contains("1 expiring. As of", File.ReadAllText(Html), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task WhatIf_writes_no_file_but_the_objects()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        SeedHostile(emulator);
        using Shell shell = Runbook.Shell(emulator);

        ShellResult result = Report(shell, "-WhatIf").EnsureNoErrors();

        Assert.Equal(Runbook.HostileNames.Count, result.Output.Count);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Contains(Csv, shell.Host.Shown);
        Assert.Contains(Html, shell.Host.Shown);
    }

    [Fact]
    public async Task A_report_that_lacks_an_organization_is_not_written()
    {
        await using EmulatorServer eu = await EmulatorServer.StartAsync();
        await using EmulatorServer us = await EmulatorServer.StartAsync();
        eu.Tokens.Create(new NewToken { Name = "eu", ExpiresAt = Now.AddDays(9) });
        us.Tokens.Create(new NewToken { Name = "us", ExpiresAt = Now.AddDays(3) });
        using Shell shell = Runbook.Shell(eu);
        shell.Set("usUri", us.BaseAddress);
        shell.Run("$eu = Get-DcSession; $us = Connect-DcSession $key -BaseUri $usUri -PassThru").EnsureNoErrors();

        Assert.Equal(["us", "eu"], Report(shell, "-Session $eu, $us").EnsureNoErrors().Output.Select(o => o.Value("Name")));
        Assert.Equal(3, ReadCsv().Count);
        File.Delete(Csv);
        File.Delete(Html);

        eu.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 500 });
        ShellResult result = Report(shell, "-Session $eu, $us");

        Assert.Equal("us", Assert.Single(result.Output).Value("Name"));
        Assert.StartsWith("ServiceUnavailable,", Assert.Single(result.Items()).FullyQualifiedErrorId);
        Assert.StartsWith("ReportIncomplete,", result.Failure().FullyQualifiedErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_fails_the_runbook()
    {
        await using EmulatorServer emulator = await EmulatorServer.StartAsync();
        using Shell shell = Runbook.Shell(emulator);

        Assert.Contains("missing", shell.Run(Runbook.Report + $" -CsvPath '{Path.Combine(_folder, "missing", "x.csv")}'").Error.Exception.Message);
    }

    private static void SeedHostile(EmulatorServer emulator) =>
        emulator.Tokens.Seed(Runbook.HostileNames.Count, i => new NewToken { Name = Runbook.HostileNames[i], ExpiresAt = Now.AddDays(3) });

    private ShellResult Report(Shell shell, string arguments = "") => shell.Run($"{Runbook.Report} -CsvPath '{Csv}' -HtmlPath '{Html}' {arguments}");

    // The lines as Import-Csv reads them, the headings first.
    private List<string[]> ReadCsv()
    {
        using var shell = new Shell();
        ShellResult read = shell.Run($"Import-Csv '{Csv}' -Header (1..9)").EnsureNoErrors();
        return [.. read.Output.Select(line => line.Properties.Select(cell => (string?)cell.Value).OfType<string>().ToArray())];
    }

    private XElement[] ReadRows()
    {
        using var reader = XmlReader.Create(Html, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return [.. XDocument.Load(reader).Descendants("tbody").Single().Elements("tr")];
    }
}
