namespace CourseCompletion.Cli.Engagement;

/// <summary>A CSV file with a header: columns go by their names, in any order; ones nobody asks for are ignored.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string _path;
    private readonly StreamReader _text;
    private readonly CsvReader _records;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly RowFaults _faults;
    private readonly int _width;

    private CsvTable(string path, RowFaults faults)
    {
        _path = path;
        Name = Path.GetFileName(path);
        _faults = faults;
        _text = DataFile.Open(path);
        _records = new(_text);
        if (!TryRead(out var header) || header.Fault is not null)
        {
            _text.Dispose();
            throw new DataFormatException($"{path} has no header line.");
        }

        _width = header.Fields.Count;
        for (var i = 0; i < _width; i++)
        {
            _columns.TryAdd(header.Fields[i].Trim(), i);
        }
    }

    /// <summary>The file's name without its directory.</summary>
    public string Name { get; }

    /// <summary>Opens a file; its bad rows are counted in <paramref name="faults"/>.</summary>
    public static CsvTable Open(string path, RowFaults faults) => new(path, faults);

    /// <summary>A column that must be there.</summary>
    public CsvColumn Required(string name) =>
        _columns.TryGetValue(name, out var index)
            ? new(index)
            : throw new DataFormatException($"{Name} has no column '{name}'. It has: {string.Join(", ", _columns.Keys)}.");

    /// <summary>A column that may be missing.</summary>
    public CsvColumn Optional(string name) => new(_columns.GetValueOrDefault(name, -1));

    /// <summary>The well-formed records, each with as many fields as the header.</summary>
    public IEnumerable<CsvRecord> Rows()
    {
        while (TryRead(out var record))
        {
            if (record.Fault is { } fault)
            {
                _faults.Add(Name, record.Line, fault);
            }
            else if (record.Fields.Count != _width)
            {
                _faults.Add(Name, record.Line, $"{record.Fields.Count} fields, but the header has {_width}");
            }
            else
            {
                yield return record;
            }
        }
    }

    public void Dispose() => _text.Dispose();

    private bool TryRead(out CsvRecord record)
    {
        try
        {
            return _records.TryRead(out record);
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged(_path, error);
        }
    }
}
