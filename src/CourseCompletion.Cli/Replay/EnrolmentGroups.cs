using CourseCompletion.Cli.Engagement;

namespace CourseCompletion.Cli.Replay;

/// <summary>What enrolments are in columns that a user names, such as region: to compare groups, never to learn from.</summary>
internal sealed class EnrolmentGroups
{
    /// <summary>The group of whoever is in no row, or has nothing in the column.</summary>
    public const string Unknown = "(unknown)";

    // A row without a course is about the learner in every course.
    private const string EveryCourse = "";

    private readonly Dictionary<(string Learner, string Course), string[]> _values = [];

    private EnrolmentGroups(IReadOnlyList<string> columns) => Columns = columns;

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads a table; a later row about the same enrolment counts.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="keyOf">Whom a row is about, in which course (empty: in every course); null for a row to leave out.</param>
    /// <exception cref="DataFormatException">There is no such column; the message names those that there are.</exception>
    public static EnrolmentGroups Read(CsvTable table, IReadOnlyList<string> columns, Func<CsvRecord, (string Learner, string Course)?> keyOf)
    {
        var groups = new EnrolmentGroups(columns);
        CsvColumn[] wanted = [.. columns.Select(table.Required)];
        foreach (var row in table.Rows())
        {
            if (keyOf(row) is { } key)
            {
                groups._values[key] = [.. wanted.Select(column => row[column].Trim() is { Length: > 0 } value ? value : Unknown)];
            }
        }

        return groups;
    }

    /// <summary>What an enrolment is in a column.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="course">The course.</param>
    /// <param name="column">The column's place in <see cref="Columns"/>.</param>
    public string ValueOf(string learner, string course, int column) =>
        _values.TryGetValue((learner, course), out var values) || _values.TryGetValue((learner, EveryCourse), out values) ? values[column] : Unknown;
}
