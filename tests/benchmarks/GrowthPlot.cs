using System.Globalization;
using System.Text;

namespace DeepsetCloud.Benchmarks;

/// <summary>The growth as a picture: tokens on a logarithmic scale, microseconds per token upwards.</summary>
internal static class GrowthPlot
{
    private const int Width = 640, Height = 320, Left = 60, Right = 20, Top = 40, Bottom = 50, Inset = 40;

    public static string Draw(IReadOnlyList<GrowthPoint> points)
    {
        double top = Math.Ceiling(points.Max(p => p.MicrosecondsPerToken) * 1.2 / 5) * 5;
        double first = Math.Log10(points[0].Tokens), last = Math.Log10(points[^1].Tokens);
        double X(GrowthPoint p) => Left + Inset + ((Width - Left - Right - (2 * Inset)) * (Math.Log10(p.Tokens) - first) / (last - first));
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / top);

        var svg = new StringBuilder();
        svg.AppendLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12" fill="#444">"""));
        svg.AppendLine(Text($"""<rect width="{Width}" height="{Height}" fill="#fff"/>"""));
        svg.AppendLine(Text($"""<text x="{Left}" y="24" font-size="14" fill="#222">Get-DcApiToken: microseconds per token</text>"""));
        for (int i = 0; i <= 5; i++)
        {
            double value = top * i / 5;
            svg.AppendLine(Text($"""<path d="M{Left} {Y(value):0.#}H{Width - Right}" stroke="#ddd"/><text x="{Left - 8}" y="{Y(value) + 4:0.#}" text-anchor="end">{value:0.#}</text>"""));
        }

        svg.AppendLine(Text($"""<polyline fill="none" stroke="#0b6e99" stroke-width="2" points="{string.Join(' ', points.Select(p => Text($"{X(p):0.#},{Y(p.MicrosecondsPerToken):0.#}")))}"/>"""));
        foreach (GrowthPoint p in points)
        {
            svg.AppendLine(Text($"""<circle cx="{X(p):0.#}" cy="{Y(p.MicrosecondsPerToken):0.#}" r="4" fill="#0b6e99"/>"""));
            svg.AppendLine(Text($"""<text x="{X(p):0.#}" y="{Y(p.MicrosecondsPerToken) - 10:0.#}" text-anchor="middle">{p.MicrosecondsPerToken:0.0}</text>"""));
            svg.AppendLine(Text($"""<text x="{X(p):0.#}" y="{Height - Bottom + 20}" text-anchor="middle">{p.Tokens:N0}</text>"""));
        }

        svg.AppendLine(Text($"""<text x="{Width / 2}" y="{Height - 10}" text-anchor="middle">tokens</text>"""));
        return svg.Append("</svg>").AppendLine().ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
