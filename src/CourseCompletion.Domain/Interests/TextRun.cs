namespace CourseCompletion.Domain.Interests;

/// <summary>A stretch of text within which neighbouring units may make a phrase: words between two stops, or the letters of a script that writes no blanks.</summary>
internal readonly struct TextRun
{
    private readonly string? _letters;
    private readonly string[]? _words;

    /// <summary>Letters without blanks, as Chinese is written.</summary>
    public TextRun(string letters) => _letters = letters;

    /// <summary>Words in lower case.</summary>
    public TextRun(string[] words) => _words = words;

    /// <summary>Whether its units are letters.</summary>
    public bool IsLetters => _letters is not null;

    /// <summary>How many units it has.</summary>
    public int Count => _letters?.Length ?? _words!.Length;

    /// <summary>Some of its units as they are written together.</summary>
    public string Join(int from, int count) =>
        _letters is not null ? _letters.Substring(from, count) : count == 1 ? _words![from] : string.Join(' ', _words!, from, count);
}
