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
    private const int Scale = 2;
    private const int White = 0xffffff;
    private const int Black = 0x202020;
    private const int Grid = 0xdddddd;

    // Told apart by people who do not see all colours (Okabe and Ito).
    private static readonly int[] _colours = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000];

    private readonly List<(string Name, (double X, double Y)[] Points)> _series = [];

    /// <summary>Whether a line from corner to corner is drawn, for what should lie on it.</summary>
    public bool HasDiagonal { get; init; }

    /// <summary>Adds a line.</summary>
    public void Add(string name, IEnumerable<(double X, double Y)> points) => _series.Add((name, [.. points.Where(point => double.IsFinite(point.Y))]));

    /// <summary>Draws it as a PNG file's bytes.</summary>
    public byte[] Draw()
    {
        var pixels = new int[Width * Height];
        Array.Fill(pixels, White);
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var (x, y) = (Between(xRange, tick), Between(yRange, tick));
            Line(pixels, X(x), Top, X(x), Height - Bottom, Grid);
            Line(pixels, Left, Y(y), Width - Right, Y(y), Grid);
            Text(pixels, X(x) - 8, Height - Bottom + 8, Number(x), Black);
            Text(pixels, 12, Y(y) - Scale, Number(y), Black);
        }

        if (HasDiagonal)
        {
            Line(pixels, X(xRange.Min), Y(yRange.Min), X(xRange.Max), Y(yRange.Max), 0x999999);
        }

        Text(pixels, Left, 14, title, Black);
        Text(pixels, Left, Height - 26, xLabel, Black);
        Text(pixels, 12, 26, yLabel, Black);
        for (var i = 0; i < _series.Count; i++)
        {
            var colour = _colours[i % _colours.Length];
            var points = _series[i].Points;
            for (var k = 0; k < points.Length; k++)
            {
                var from = points[Math.Max(0, k - 1)];
                Line(pixels, X(from.X), Y(from.Y), X(points[k].X), Y(points[k].Y), colour);
                Line(pixels, X(from.X), Y(from.Y) + 1, X(points[k].X), Y(points[k].Y) + 1, colour);
            }

            Text(pixels, Width - Right + 12, Top + (i * 20), _series[i].Name, colour);
        }

        return PngFile.Encode(Width, Height, pixels);
    }

    private static double Between((double Min, double Max) range, int tick) => range.Min + ((range.Max - range.Min) * tick / Ticks);

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 10 ? "0" : "0.##", CultureInfo.InvariantCulture);

    private int X(double value) => Left + (int)Math.Round((Math.Clamp(value, xRange.Min, xRange.Max) - xRange.Min) / (xRange.Max - xRange.Min) * (Width - Left - Right));

    private int Y(double value) => Height - Bottom - (int)Math.Round((Math.Clamp(value, yRange.Min, yRange.Max) - yRange.Min) / (yRange.Max - yRange.Min) * (Height - Top - Bottom));

    private static void Text(int[] pixels, int left, int top, string text, int colour)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var dot = 0; dot < PixelFont.Width * PixelFont.Height * Scale * Scale; dot++)
            {
                var (x, y) = (dot % (PixelFont.Width * Scale), dot / (PixelFont.Width * Scale));
                if (PixelFont.IsSet(text[i], x / Scale, y / Scale))
                {
                    Dot(pixels, left + (i * (PixelFont.Width + 1) * Scale) + x, top + y, colour);
                }
            }
        }
    }

    private static void Line(int[] pixels, int x0, int y0, int x1, int y1, int colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (var i = 0; i <= steps; i++)
        {
            Dot(pixels, x0 + ((x1 - x0) * i / steps), y0 + ((y1 - y0) * i / steps), colour);
        }
    }

    private static void Dot(int[] pixels, int x, int y, int colour)
    {
        if (x is >= 0 and < Width && y is >= 0 and < Height)
        {
            pixels[(y * Width) + x] = colour;
        }
    }
}
