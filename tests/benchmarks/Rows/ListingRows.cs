using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DeepsetCloud.Client.Listing;

namespace DeepsetCloud.Benchmarks.Rows;

/// <summary>Listing 10,000 tokens at 20 ms per answer.</summary>
internal static class ListingRows
{
    private const int Tokens = 10_000;
    private const int PageSize = 100;
    private const int Parallelism = TokenLister.DefaultParallelism;

    public static async Task<IEnumerable<Row>> RunAsync(int rounds)
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--tokens", $"{Tokens}", "--latency", "20");
        using var engine = new Engine(emulator);
        using HttpClient client = Client(emulator);

        Series[] series = await Race.RunAsync(
            rounds,
            () => Race.TimeAsync(() => Task.Run(() => Check(engine.Run("Get-DcApiToken").Count))),
            () => Race.TimeAsync(async () => Check(await OneByOneAsync(client))),
            () => Race.TimeAsync(() => InParallelAsync(client)));
        await emulator.ClearAsync();
        Check(engine.Run("Get-DcApiToken").Count);
        (long, long)? requests = (await emulator.RequestsAsync(), Tokens / PageSize);

        string work = $"list {Tokens} tokens, pages of {PageSize}, 20 ms per answer";
        (Series module, Series loop) = await InvokeRestMethodAsync(emulator);
        return
        [
            new(work + ", in pwsh", $"{module}", $"Invoke-RestMethod loop: {loop}", loop.Median / module.Median, 10) { Requests = requests },
            new(work, $"{series[0]}", $"HttpClient, one page at a time: {series[1]}", series[1].Median / series[0].Median, 6) { Requests = requests },
            new(work, $"{series[0]}", $"bare HttpClient, {Parallelism} pages at a time, bytes thrown away: {series[2]}", series[0].Median / series[2].Median, -1.25) { Requests = requests },
        ];
    }

    public static HttpClient Client(EmulatorProcess emulator)
    {
        var client = new HttpClient { BaseAddress = emulator.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.Token);
        return client;
    }

    private static async Task<int> OneByOneAsync(HttpClient client)
    {
        int count = 0;
        for (int page = 1; ; page++)
        {
            using JsonDocument document = JsonDocument.Parse(await client.GetByteArrayAsync(Query(page)));
            count += document.RootElement.GetProperty("data").GetArrayLength();
            if (!document.RootElement.GetProperty("has_more").GetBoolean())
            {
                return count;
            }
        }
    }

    // The floor: the first page tells how many there are, the others follow.
    private static async Task InParallelAsync(HttpClient client)
    {
        await client.GetByteArrayAsync(Query(1));
        int page = 1;
        await Task.WhenAll(Enumerable.Range(0, Parallelism).Select(async _ =>
        {
            int next;
            while ((next = Interlocked.Increment(ref page)) <= Tokens / PageSize)
            {
                using HttpResponseMessage answer = await client.GetAsync(Query(next), HttpCompletionOption.ResponseHeadersRead);
                await answer.Content.CopyToAsync(Stream.Null);
            }
        }));
    }

    // Both in one pwsh, turn by turn: what a script does, and the module in its place.
    private static async Task<(Series Module, Series Loop)> InvokeRestMethodAsync(EmulatorProcess emulator)
    {
        string script = $$"""
            Import-Module '{{Paths.Manifest}}'
            $key = ConvertTo-SecureString $env:DEEPSET_API_KEY -AsPlainText
            Connect-DcSession -ApiKey $key -BaseUri $env:DEEPSET_API_URL
            foreach ($round in 0..5) {
                $a = $b = $null
                [GC]::Collect()
                $m = Measure-Command { $a = @(Get-DcApiToken) }
                [GC]::Collect()
                $i = Measure-Command {
                    $b = for ($page = 1; ; $page++) {
                        $answer = Invoke-RestMethod -Uri "${env:DEEPSET_API_URL}api/v1/token?limit={{PageSize}}&page_number=$page" -Authentication Bearer -Token $key -AllowUnencryptedAuthentication
                        $answer.data
                        if (-not $answer.has_more) { break }
                    }
                }
                if ($a.Count -ne {{Tokens}} -or $b.Count -ne {{Tokens}}) { throw "counted $($a.Count) and $($b.Count)" }
                if ($round -gt 0) { [string]::Format([cultureinfo]::InvariantCulture, 'times {0} {1}', $m.TotalMilliseconds, $i.TotalMilliseconds) }
            }
            """;
        var start = new ProcessStartInfo(Shell.Program, [.. Shell.Arguments, script]) { RedirectStandardOutput = true };
        start.Environment["DEEPSET_API_KEY"] = emulator.Token;
        start.Environment["DEEPSET_API_URL"] = emulator.Address.ToString();
        using Process process = Process.Start(start)!;
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n').Where(l => l.StartsWith("times ", StringComparison.Ordinal)).ToArray();
        await process.WaitForExitAsync();
        double[][] times = [.. lines.Select(l => l.Split(' ')[1..].Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray())];
        return times.Length == 0
            ? throw new InvalidOperationException("The Invoke-RestMethod loop failed.")
            : (new Series(times.Select(t => t[0])), new Series(times.Select(t => t[1])));
    }

    private static string Query(int page) => $"api/v1/token?limit={PageSize}&page_number={page}";

    private static void Check(int count)
    {
        if (count != Tokens)
        {
            throw new InvalidOperationException($"{count} tokens came, {Tokens} are there.");
        }
    }
}
