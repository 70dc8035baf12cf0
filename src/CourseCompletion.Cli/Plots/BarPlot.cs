namespace CourseCompletion.Cli.Plots;

/// <summary>A picture of horizontal bars, a row of them for each name, with a legend. Bars begin at 0; the longest fills the width.</summary>
internal sealed class BarPlot(string title, string xLabel, IReadOnlyList<string> series)
{
    private const int Width = 720;
    private const int Left = 210;
    private const int Right = 150;
    private const int Top = 40;
    private const int Bottom = 40;
    private const int BarHeight = 8;
    private const int RowGap = 6;

    private readonly List<(string Name, IReadOnlyList<double> Values)> _rows = [];

    /// <summary>Adds a row below those that there are.</summary>
    /// <param name="name">What the bars are about.</param>
    /// <param name="values">A value of each series, 0 or more.</param>
    public void Add(string name, IReadOnlyList<double> values) => _rows.Add((name, values));

    /// <summary>Draws it as a PNG file's bytes.</summary>
    public byte[] Draw()
    {
        var rowHeight = (BarHeight * series.Count) + RowGap;
        var canvas = new PlotCanvas(Width, Top + (rowHeight * _rows.Count) + Bottom);
        var max = _rows.SelectMany(row => row.Values).DefaultIfEmpty(0).Max();
        canvas.Text(12, 14, title, PlotCanvas.Black);
        canvas.Text(Left, Top + (rowHeight * _rows.Count) + 12, $"{xLabel}, 0 to {max:0.###}", PlotCanvas.Black);
        canvas.Line(Left - 1, Top, Left - 1, Top + (rowHeight * _rows.Count), PlotCanvas.Grid);
        for (var row = 0; row < _rows.Count; row++)
        {
            var top = Top + (row * rowHeight);
            var (name, values) = _rows[row];
            canvas.Text(Left - 10 - PlotCanvas.WidthOf(name), top + (((BarHeight * series.Count) - (PixelFont.Height * PlotCanvas.LetterScale)) / 2), name, PlotCanvas.Black);
            for (var i = 0; i < series.Count && max > 0; i++)
            {
                canvas.Box(Left, top + (i * BarHeight), (int)Math.Round(values[i] / max * (Width - Left - Right)), BarHeight - 1, ColourOf(i));
            }
        }

        for (var i = 0; i < series.Count; i++)
        {
            canvas.Text(Width - Right + 12, Top + (i * 20), series[i], ColourOf(i));
        }

        return canvas.ToPng();
    }

    private static int ColourOf(int series) => PlotCanvas.Colours[series % PlotCanvas.Colours.Count];
}
