namespace CourseCompletion.Cli.Engagement;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Fields">Its fields; empty when it is malformed.</param>
/// <param name="Fault">Why it is malformed; null when it is not.</param>
internal readonly record struct CsvRecord(long Line, IReadOnlyList<string> Fields, string? Fault)
{
    /// <summary>The field in a column; empty for a column that the file does not have.</summary>
    public string this[CsvColumn column] => column.Index < 0 ? "" : Fields[column.Index];
}

/// <summary>Where a column stands; -1 for one that the file does not have.</summary>
internal readonly record struct CsvColumn(int Index);
