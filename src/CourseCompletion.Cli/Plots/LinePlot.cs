using System.Globalization;

namespace CourseCompletion.Cli.Plots;

/// <summary>A picture of lines over two axes, with a grid, numbers and a legend.</summary>
internal sealed class LinePlot(string title, string xLabel, string yLabel, (double Min, double Max) xRange, (double Min, double Max) yRange)
{
    private const int Width = 720;
    private const int Height = 520;
    private const int Left = 70;
    private const int Right = 150;
    private const int Top = 40;
    private const int Bottom = 60;
    private const int Ticks = 5;

    private readonly List<(string Name, (double X, double Y)[] Points)> _series = [];

    /// <summary>Whether a line from corner to corner is drawn, for what should lie on it.</summary>
    public bool HasDiagonal { get; init; }

    /// <summary>Adds a line.</summary>
    public void Add(string name, IEnumerable<(double X, double Y)> points) => _series.Add((name, [.. points.Where(point => double.IsFinite(point.Y))]));

    /// <summary>Draws it as a PNG file's bytes.</summary>
    public byte[] Draw()
    {
        var canvas = new PlotCanvas(Width, Height);
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var (x, y) = (Between(xRange, tick), Between(yRange, tick));
            canvas.Line(X(x), Top, X(x), Height - Bottom, PlotCanvas.Grid);
            canvas.Line(Left, Y(y), Width - Right, Y(y), PlotCanvas.Grid);
            canvas.Text(X(x) - 8, Height - Bottom + 8, Number(x), PlotCanvas.Black);
            canvas.Text(12, Y(y) - PlotCanvas.LetterScale, Number(y), PlotCanvas.Black);
        }

        if (HasDiagonal)
        {
            canvas.Line(X(xRange.Min), Y(yRange.Min), X(xRange.Max), Y(yRange.Max), 0x999999);
        }

        canvas.Text(Left, 14, title, PlotCanvas.Black);
        canvas.Text(Left, Height - 26, xLabel, PlotCanvas.Black);
        canvas.Text(12, 26, yLabel, PlotCanvas.Black);
        for (var i = 0; i < _series.Count; i++)
        {
            var colour = PlotCanvas.Colours[i % PlotCanvas.Colours.Count];
            var points = _series[i].Points;
            for (var k = 0; k < points.Length; k++)
            {
                var from = points[Math.Max(0, k - 1)];
                canvas.Line(X(from.X), Y(from.Y), X(points[k].X), Y(points[k].Y), colour);
                canvas.Line(X(from.X), Y(from.Y) + 1, X(points[k].X), Y(points[k].Y) + 1, colour);
            }

            canvas.Text(Width - Right + 12, Top + (i * 20), _series[i].Name, colour);
        }

        return canvas.ToPng();
    }

    private static double Between((double Min, double Max) range, int tick) => range.Min + ((range.Max - range.Min) * tick / Ticks);

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 10 ? "0" : "0.##", CultureInfo.InvariantCulture);

    private int X(double value) => Left + (int)Math.Round((Math.Clamp(value, xRange.Min, xRange.Max) - xRange.Min) / (xRange.Max - xRange.Min) * (Width - Left - Right));

    private int Y(double value) => Height - Bottom - (int)Math.Round((Math.Clamp(value, yRange.Min, yRange.Max) - yRange.Min) / (yRange.Max - yRange.Min) * (Height - Top - Bottom));
}
