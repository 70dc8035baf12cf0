namespace CourseCompletion.Cli.Engagement;

/// <summary>Counts malformed rows and rows that a layout leaves out on purpose, and keeps the first of each to show.</summary>
internal sealed class RowFaults
{
    private const int ShownMax = 20;

    private readonly List<string> _shown = [];
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);

    /// <summary>How many rows were malformed.</summary>
    public long Count { get; private set; }

    /// <summary>The first malformed rows, by file and line.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>How many rows were left out on purpose, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    /// <summary>A malformed row.</summary>
    public void Add(string file, long line, string fault)
    {
        Count++;
        if (_shown.Count < ShownMax)
        {
            _shown.Add($"{file} line {line}: {fault}");
        }
    }

    /// <summary>A row that the layout leaves out.</summary>
    public void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
}
