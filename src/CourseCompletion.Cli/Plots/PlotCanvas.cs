namespace CourseCompletion.Cli.Plots;

/// <summary>A white picture to draw lines, boxes and letters on.</summary>
internal sealed class PlotCanvas
{
    public const int Black = 0x202020;
    public const int Grid = 0xdddddd;

    /// <summary>How many pixels a dot of a letter is wide and high.</summary>
    public const int LetterScale = 2;

    private const int White = 0xffffff;

    private readonly int _width;
    private readonly int _height;
    private readonly int[] _pixels;

    /// <summary>Makes an empty picture of so many pixels.</summary>
    public PlotCanvas(int width, int height)
    {
        (_width, _height) = (width, height);
        _pixels = new int[width * height];
        Array.Fill(_pixels, White);
    }

    /// <summary>Colours that people who do not see all colours can tell apart (Okabe and Ito).</summary>
    public static IReadOnlyList<int> Colours { get; } = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000];

    /// <summary>How many pixels a text is wide.</summary>
    public static int WidthOf(string text) => text.Length * (PixelFont.Width + 1) * LetterScale;

    public void Text(int left, int top, string text, int colour)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var dot = 0; dot < PixelFont.Width * PixelFont.Height * LetterScale * LetterScale; dot++)
            {
                var (x, y) = (dot % (PixelFont.Width * LetterScale), dot / (PixelFont.Width * LetterScale));
                if (PixelFont.IsSet(text[i], x / LetterScale, y / LetterScale))
                {
                    Dot(left + (i * (PixelFont.Width + 1) * LetterScale) + x, top + y, colour);
                }
            }
        }
    }

    public void Line(int x0, int y0, int x1, int y1, int colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (var i = 0; i <= steps; i++)
        {
            Dot(x0 + ((x1 - x0) * i / steps), y0 + ((y1 - y0) * i / steps), colour);
        }
    }

    public void Box(int left, int top, int width, int height, int colour)
    {
        for (var row = 0; row < height; row++)
        {
            Line(left, top + row, left + width, top + row, colour);
        }
    }

    /// <summary>The picture as a PNG file's bytes.</summary>
    public byte[] ToPng() => PngFile.Encode(_width, _height, _pixels);

    private void Dot(int x, int y, int colour)
    {
        if (x >= 0 && x < _width && y >= 0 && y < _height)
        {
            _pixels[(y * _width) + x] = colour;
        }
    }
}
