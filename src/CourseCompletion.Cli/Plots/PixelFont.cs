namespace CourseCompletion.Cli.Plots;

/// <summary>Letters of three by five dots, so that a plot needs no font of the machine.</summary>
internal static class PixelFont
{
    public const int Width = 3;
    public const int Height = 5;

    // A character, and its rows from the top as one octal digit each: 4, 2 and 1 are the left, middle and right dot.
    private static readonly Dictionary<char, string> _glyphs = (
        "075557 126227 271747 371717 455711 574717 674757 771122 875757 975717 "
        + "A25755 B65656 C34443 D65556 E74647 F74644 G34553 H55755 I72227 J11152 K55655 L44447 M57755 N65555 O25552 P65644 Q25563 R65655 S34216 T72222 "
        + "U55557 V55552 W55775 X55255 Y55222 Z71247 .00002 ,00024 -00700 :02020 %51245 (12221 )42224 =07070 /11244 _00007")
        .Split(' ').ToDictionary(glyph => glyph[0], glyph => glyph[1..]);

    /// <summary>Whether a dot of a character is set. Small letters look like large ones; what is not known is empty.</summary>
    public static bool IsSet(char character, int x, int y) =>
        _glyphs.TryGetValue(char.ToUpperInvariant(character), out var rows) && ((rows[y] - '0') & (4 >> x)) != 0;
}
