using System.Text.RegularExpressions;

namespace DeepsetCloud.Tests.Engine.Create;

/// <summary>
/// All ways in which a pipeline with New-DcApiToken can end: what is at the service then, what the user has in his variable, what the session
/// keeps, and what was said. A token is never both lost and unmentioned, and none is kept that the user surely has.
/// </summary>
public class PipelineEndTests
{
    private const string Helpers = """
        function Row { $args | ForEach-Object { [pscustomobject]@{ Name = $_ } } }
        function Fail {
            [CmdletBinding()] param()
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new('failed'), 'Failed', 'NotSpecified', $null))
        }
        function Get-Number { [CmdletBinding()] param([Parameter(Mandatory, ValueFromPipeline)] [int] $Number) process { $Number } }
        function Get-Wrapped {
            [CmdletBinding()] param([Parameter(ValueFromPipelineByPropertyName)] $Name)
            begin { $inner = { New-DcApiToken -Session $session }.GetSteppablePipeline($MyInvocation.CommandOrigin); $inner.Begin($PSCmdlet) }
            process { $inner.Process($_) }
            end { $inner.End() }
        }
        """;

    private static readonly Dictionary<string, End> Ends = new()
    {
        // Well.
        ["in the normal way"] = new("Row a b | New", Has: "a b"),
        ["after an error of its own for one record"] = new("Row a lost b | New", Has: "a b") { Status = 409, Skip = 1 },
        ["with its output thrown away"] = new("Row a b | New | & { process { } }") { ThrownAway = 2 },

        // Upstream.
        ["upstream: throw"] = new("& { Row a b; throw 'failed' } | New", Kept: "a b"),
        ["upstream: an error under the preference Stop"] = new("$ErrorActionPreference = 'Stop'; $created = & { Row a b; Fail } | New", Kept: "a b"),
        ["upstream: an error with -ErrorAction Stop"] = new("& { Row a b; Fail -ErrorAction Stop } | New", Kept: "a b"),
        ["upstream: an error without Stop"] = new("& { Row a; Fail; Row b } | New", Has: "a b"),
        ["upstream: break"] = new("& { Row a b; break } | New", Kept: "a b"),
        ["upstream: break out of a loop"] = new("foreach ($i in 1) { $created = & { Row a b; break } | New }", Kept: "a b"),
        ["upstream: continue"] = new("& { Row a b; continue } | New", Kept: "a b"),
        ["upstream: exit"] = new("& { Row a b; exit 3 } | New", Kept: "a b"),
        ["upstream: return"] = new("& { Row a b; return; Row c } | New", Has: "a b"),
        ["upstream: throw in an end block"] = new("Row a b | & { process { $_ } end { throw 'failed' } } | New", Kept: "a b"),
        ["upstream: break in an end block"] = new("Row a b | & { process { $_ } end { break } } | New", Kept: "a b"),
        ["upstream: throw and a trap"] = new("& { trap { continue } $script:created = & { Row a b; throw 'failed' } | New }", Kept: "a b"),
        ["upstream: throw and a finally"] = new("try { $created = & { Row a b; throw 'failed' } | New } finally { 'ended' }", Kept: "a b"),
        ["upstream: a cell that cannot be bound under Stop"] = new("& { Row a b; [pscustomobject]@{ ExpiresAt = 'soon' } } | New -ErrorAction Stop", Kept: "a b"),
        ["upstream: a cell that cannot be bound"] = new("& { Row a; [pscustomobject]@{ ExpiresAt = 'soon' }; Row b } | New", Has: "a b"),
        ["upstream: a null record under Stop"] = new("& { Row a b; $null } | New -ErrorAction Stop", Kept: "a b"),
        ["upstream: a null record"] = new("& { Row a; $null; Row b } | New", Has: "a b"),
        ["upstream: Ctrl-C between two records"] = new($"& {{ Row a b; {Gate.Stand} }} | New", Kept: "a b") { IsStopped = true },
        ["upstream: the runspace is closed between two records"] = new($"& {{ Row a b; {Gate.Stand} }} | New", Kept: "a b") { IsStopped = true, IsClosed = true },
        ["upstream: Select-Object -First"] = new("Row a b c | Select-Object -First 2 | New", Has: "a b"),

        // The command itself.
        ["own: an error that ends the command"] = new("Row a b lost | New", Kept: "a b") { Status = 401 },
        ["own: an error under -ErrorAction Stop"] = new("Row a b lost | New -ErrorAction Stop", Kept: "a b") { Status = 409 },
        ["own: an error under the preference Stop"] = new("$ErrorActionPreference = 'Stop'; $created = Row a b lost | New", Kept: "a b") { Status = 409 },
        ["own: Ctrl-C while a request waits"] = new("Row a b lost | New", Kept: "a b", Uncertain: "lost") { IsStopped = true, Fails = FaultKind.HangBeforeProcessing },
        ["own: Ctrl-C after a request was acted on"] =
            new("Row a b lost | New", Kept: "a b", Uncertain: "lost", Lost: 1) { IsStopped = true, Fails = FaultKind.HangAfterProcessing },
        ["own: uncertain under -ErrorAction Stop"] = new("Row a b lost | New -ErrorAction Stop", Kept: "a b", Lost: 1) { Fails = FaultKind.CloseAfterProcessing },

        // Downstream.
        ["downstream: throw"] = new("Row a b c | New | & { process { if ($_.Name -eq 'b') { throw 'failed' } $_ } }", Kept: "a b"),
        ["downstream: throw that is caught"] = new("Row a b | New | & { process { try { throw 'failed' } catch { } $_ } }", Has: "a b"),
        ["downstream: throw and a trap"] = new("& { trap { continue } $script:created = Row a b c | New | & { process { if ($_.Name -eq 'b') { throw 'failed' } $_ } } }", Kept: "a b"),
        ["downstream: an error under the preference Stop"] = new("$ErrorActionPreference = 'Stop'; $created = Row a b | New | & { process { $_; Fail } }", Kept: "a"),
        ["downstream: an error without Stop"] = new("Row a b | New | & { process { $_; Fail } }", Has: "a b"),
        ["downstream: break"] = new("Row a b c | New | & { process { $_; break } }", Kept: "a"),
        ["downstream: break out of a loop"] = new("foreach ($i in 1) { $created = Row a b | New | & { process { $_; break } } }", Kept: "a"),
        ["downstream: continue"] = new("Row a b c | New | & { process { $_; continue } }", Kept: "a"),
        ["downstream: exit"] = new("Row a b c | New | & { process { $_; exit 3 } }", Kept: "a"),
        ["downstream: return"] = new("Row a b | New | & { process { $_; return } }", Has: "a b"),
        ["downstream: input that cannot be bound under Stop"] = new("Row a b | New | Get-Number -ErrorAction Stop", Kept: "a"),
        ["downstream: throw in a begin block"] = new("Row a b | New | & { begin { throw 'failed' } process { $_ } }"),
        ["downstream: break that ends a loop upstream"] =
            new("& { foreach ($name in 'a', 'b') { Row $name } } | New | & { process { $_; break } }", Has: "a", Kept: "a"),
        ["downstream: throw, and a catch upstream, which does not get it"] =
            new("& { foreach ($name in 'a', 'b', 'c') { try { Row $name } catch { } } } | New | & { process { if ($_.Name -eq 'b') { throw 'failed' } $_ } }", Kept: "a b"),
        ["downstream: Ctrl-C"] = new($"Row a b c | New | & {{ process {{ $_; if ($_.Name -eq 'b') {{ {Gate.Stand} }} }} }}", Kept: "a b") { IsStopped = true },
        ["downstream: Select-Object -First"] = new("Row a b c | New | Select-Object -First 2", Has: "a b"),
        ["downstream: Select-Object -First, all taken"] = new("Row a b | New | Select-Object -First 2", Has: "a b"),
        ["downstream: Select-Object -First of another pipeline, then throw"] =
            new("Row a b | New | & { process { 1, 2 | Select-Object -First 1; throw 'failed' } }", Kept: "a"),
        ["downstream: Select-Object -First of another pipeline, then Ctrl-C"] =
            new($"Row a b | New | & {{ process {{ 1, 2 | Select-Object -First 1; {Gate.Stand} }} }}", Kept: "a") { IsStopped = true },
        ["downstream: Select-Object -First, and Ctrl-C behind it"] =
            new($"Row a b | New | Select-Object -First 1 | & {{ process {{ {Gate.Stand} }} }}", Kept: "a") { IsStopped = true },
        ["downstream: Select-Object -First, and throw behind it"] = new("Row a b | New | Select-Object -First 1 | & { process { throw 'failed' } }", Kept: "a"),
        ["downstream: Select-Object -First, and throw in an end block"] =
            new("Row a b | New | Select-Object -First 1 | & { process { $_ } end { throw 'failed' } }", Kept: "a"),
        ["downstream: Select-Object -First, and an end block that catches"] =
            new("Row a b | New | Select-Object -First 1 | & { process { $_ } end { try { throw 'failed' } catch { } } }", Has: "a"),
        ["downstream: Select-Object -First takes a verbose line"] =
            new("$null = Row a b | New -Verbose 4>&1 | & { process { if (\"$_\" -like '*-> 201*') { $_ } } } | Select-Object -First 1", Kept: "a"),

        // After the command has come to its end.
        ["downstream: throw in an end block"] = new("Row a b | New | & { process { $_ } end { throw 'failed' } }", Kept: "a b"),
        ["downstream: an error under the preference Stop in an end block"] =
            new("$ErrorActionPreference = 'Stop'; $created = Row a b | New | & { process { $_ } end { Fail } }", Kept: "a b"),
        ["downstream: break in an end block of ForEach-Object"] = new("Row a b | New | ForEach-Object { $_ } -End { break }", Kept: "a b"),
        ["downstream: exit in an end block of ForEach-Object"] = new("Row a b | New | ForEach-Object { $_ } -End { exit 3 }", Kept: "a b"),
        ["downstream: Ctrl-C in an end block"] = new($"Row a b | New | & {{ process {{ $_ }} end {{ {Gate.Stand} }} }}", Kept: "a b") { IsStopped = true },
        ["downstream: an end block that catches"] = new("Row a b | New | & { process { $_ } end { try { Fail -ErrorAction Stop } catch { } } }", Has: "a b"),
        ["downstream: an end block that catches what a pipeline in it throws"] =
            new("Row a b | New | & { process { $_ } end { try { 1 | & { process { } end { throw 'failed' } } } catch { } } }", Has: "a b"),
        ["downstream: Select-Object -First of another pipeline in an end block"] =
            new("Row a b | New | & { process { $_ } end { $null = 1, 2 | Select-Object -First 1 } }", Has: "a b"),
        ["downstream: an end block that breaks out of its own loop"] =
            new("Row a b | New | & { process { $_ } end { foreach ($i in 1, 2) { 1 | & { process { break } } } } }", Has: "a b"),

        // Pipelines in steps, where PowerShell may never tell the command of the end.
        ["in steps: to the end"] = new(Steps("$steps.End()"), Has: "a b"),
        ["in steps: disposed without an end"] = new(Steps("$steps.Dispose()"), Has: "a b", Kept: "a b"),
        ["in steps: left alone"] = new(Steps(""), Has: "a b", Kept: "a b") { IsSilent = true },
        ["in a wrapper: to the end"] = new("Row a b | Get-Wrapped", Has: "a b"),
        ["in a wrapper: throw upstream"] = new("& { Row a b; throw 'failed' } | Get-Wrapped", Kept: "a b") { IsSilent = true },
        ["in a wrapper: throw downstream"] = new("Row a b | Get-Wrapped | & { process { throw 'failed' } }", Kept: "a"),
        ["in a wrapper: Select-Object -First"] = new("Row a b | Get-Wrapped | Select-Object -First 1", Has: "a"),

        // What becomes of its output after its end can be out of sight. PowerShell passes what an assignment has taken on to the output after break and exit.
        ["out of sight: break in an end block of a function"] = new("Row a b | New | & { process { $_ } end { break } }") { ThrownAway = 2 },
        ["out of sight: exit in an end block of a function"] = new("Row a b | New | & { process { $_ } end { exit 3 } }") { ThrownAway = 2 },
        ["out of sight: throw in an end block behind a wrapper"] = new("Row a b | Get-Wrapped | & { process { $_ } end { throw 'failed' } }") { ThrownAway = 2 },
        ["out of sight: its function fails later"] = new("& { Row a b | New; throw 'failed' }") { ThrownAway = 2 },
    };

    public static IEnumerable<TheoryDataRow<string>> Ways =>
        Ends.Keys.Select(way => new TheoryDataRow<string>(way) { TestDisplayName = "What a pipeline has created when it ends " + way });

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task No_token_is_lost_unmentioned_or_kept_without_need(string way)
    {
        End end = Ends[way];
        using var gate = new Gate();
        await using ConnectedShell connected = await ConnectedShell.StartAsync();
        connected.Shell.Set("gate", gate);
        connected.Run(Helpers).EnsureNoErrors();

        await RunAsync(connected, end, gate);

        string shown = connected.Shell.Host.Shown;
        string[] kept = [.. Recover(connected, end).Select(token => token.Name!)];
        Assert.Equal(end.Kept, string.Join(' ', kept));
        Assert.Empty(Recover(connected, end));
        if (!end.IsClosed)
        {
            Assert.Equal(end.Has, string.Join(' ', connected.Run("if ($created) { $created }").As<CreatedApiToken>().Select(token => token.Name)));
        }

        bool isTold = kept.Length > 0 && !end.IsSilent;
        Assert.Equal(isTold, shown.Contains("Get-DcSession -RecoverToken", StringComparison.Ordinal));
        Assert.All(isTold ? kept : [], name => Assert.Contains($"'{name}'", shown, StringComparison.Ordinal));
        Assert.Equal(end.Uncertain is not null, shown.Contains("may exist", StringComparison.Ordinal));
        Assert.Contains(end.Uncertain ?? "", shown, StringComparison.Ordinal);
        Assert.Equal(isTold || end.Uncertain is not null, shown.Contains("WARNING", StringComparison.Ordinal));
        int known = end.Has.Split(' ').Concat(kept).Where(name => name.Length > 0).Distinct().Count();
        Assert.Equal(known + end.Lost + end.ThrownAway, connected.Emulator.Tokens.Count);
    }

    private static string Steps(string end) =>
        "$steps = { New }.GetSteppablePipeline(); $steps.Begin($true); $created = Row a b | ForEach-Object { $steps.Process($_) }; " + end;

    private static async Task RunAsync(ConnectedShell connected, End end, Gate gate)
    {
        Fault? fault = end.Fault;
        if (fault is not null)
        {
            connected.Emulator.Faults.Add(fault);
        }

        string script = Regex.Replace(end.Script, @"\bNew\b(?!-)", "New-DcApiToken -Session $session");
        script = Regex.IsMatch(script, @"\$(script:)?created =|^\$null =") ? script : "$created = " + script;
        if (!end.IsStopped)
        {
            connected.Run(script);
            return;
        }

        using RunningScript running = connected.Shell.Begin(script);
        await (fault is null ? Eventually.DoneAsync(gate.Entered) : Eventually.TrueAsync(() => fault.Applied == 1));
        await Eventually.DoneAsync(Task.Run(end.IsClosed ? connected.Shell.Runspace.Close : running.Stop, TestContext.Current.CancellationToken));
        running.End();
    }

    // In the order of their creation, and proven to be the secrets.
    private static CreatedApiToken[] Recover(ConnectedShell connected, End end)
    {
        if (end.IsClosed)
        {
            return [.. Enumerable.Range(0, 3).Select(_ => connected.Session.RecoverToken()).OfType<CreatedApiToken>().Reverse()];
        }

        CreatedApiToken[] kept = [.. connected.Run("Get-DcSession -RecoverToken").EnsureNoErrors().As<CreatedApiToken>().Reverse()];
        Assert.All(kept, connected.AssertWorks);
        return kept;
    }

    /// <param name="Script">The pipeline; New stands for the command, Row makes input of names.</param>
    /// <param name="Has">The names of the tokens in $created.</param>
    /// <param name="Kept">The names of the tokens in the session.</param>
    /// <param name="Uncertain">The name of a token that may exist.</param>
    /// <param name="Lost">How many exist without their secret.</param>
    private sealed record End(string Script, string Has = "", string Kept = "", string? Uncertain = null, int Lost = 0)
    {
        public bool IsStopped { get; init; }

        public bool IsClosed { get; init; }

        /// <summary>Whether nobody tells the command that its pipeline has ended.</summary>
        public bool IsSilent { get; init; }

        public int ThrownAway { get; init; }

        public int? Status { get; init; }

        public FaultKind? Fails { get; init; }

        /// <summary>How many creations go well before the fault.</summary>
        public int Skip { get; init; } = 2;

        public Fault? Fault => Status is not null || Fails is not null
            ? new Fault { Kind = Fails ?? FaultKind.Status, Status = Status, Method = "POST", Skip = Skip }
            : null;
    }
}
