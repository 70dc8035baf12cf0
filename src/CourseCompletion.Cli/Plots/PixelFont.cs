namespace CourseCompletion.Cli.Plots;

/// <summary>Letters of three by five dots, so that a plot needs no font of the machine.</summary>
internal static class PixelFont
{
    public const int Width = 3;
    public const int Height = 5;

    // Each row from the top is one octal digit: 4, 2 and 1 are the left, middle and right dot.
    private static readonly Dictionary<char, string> _glyphs = new()
    {
        ['0'] = "75557", ['1'] = "26227", ['2'] = "71747", ['3'] = "71717", ['4'] = "55711", ['5'] = "74717", ['6'] = "74757", ['7'] = "71122", ['8'] = "75757", ['9'] = "75717",
        ['A'] = "25755", ['B'] = "65656", ['C'] = "34443", ['D'] = "65556", ['E'] = "74647", ['F'] = "74644", ['G'] = "34553", ['H'] = "55755", ['I'] = "72227", ['J'] = "11152",
        ['K'] = "55655", ['L'] = "44447", ['M'] = "57755", ['N'] = "65555", ['O'] = "25552", ['P'] = "65644", ['Q'] = "25563", ['R'] = "65655", ['S'] = "34216", ['T'] = "72222",
        ['U'] = "55557", ['V'] = "55552", ['W'] = "55775", ['X'] = "55255", ['Y'] = "55222", ['Z'] = "71247",
        ['.'] = "00002", [','] = "00024", ['-'] = "00700", [':'] = "02020", ['%'] = "51245", ['('] = "12221", [')'] = "42224", ['='] = "07070", ['/'] = "11244", ['_'] = "00007",
    };

    /// <summary>Whether a dot of a character is set. Small letters look like large ones; what is not known is empty.</summary>
    public static bool IsSet(char character, int x, int y) =>
        _glyphs.TryGetValue(char.ToUpperInvariant(character), out var rows) && ((rows[y] - '0') & (4 >> x)) != 0;
}
