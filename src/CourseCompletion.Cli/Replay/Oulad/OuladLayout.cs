using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>The Open University Learning Analytics Dataset as published: seven related files with days relative to a presentation's start.</summary>
/// <remarks>
/// <para>
/// Source <c>oulad</c>; course <c>AAA-2013J</c>; learner <c>id_student</c>. A presentation is taken to start on 1 February (B) or
/// 1 October (J) of its year, at midnight UTC. Times within a day, which the data does not have: registration 00:00, clicks 12:00,
/// assessments 18:00, unregistration 23:59:59. Ids are derived from the row and its line.
/// </para>
/// <para>
/// courses and assessments become course definitions; studentRegistration <c>enrolled</c> and <c>withdrew</c>; studentVle
/// <c>activity_recorded</c> with the family of the site's type; studentAssessment <c>assessment_submitted</c> out of 100, without
/// banked and unscored ones. Of studentInfo the final result is read as the outcome to learn from; its other columns
/// only to compare groups (<see cref="ReadGroups"/>).
/// </para>
/// </remarks>
internal sealed class OuladLayout : IHistoryLayout
{
    /// <summary>The events' source.</summary>
    public const string SourceName = "oulad";

    private readonly string _courses, _assessments, _registrations, _results, _clicks, _sites;
    private readonly string _directory;
    private readonly string? _only;

    /// <summary>Finds the files.</summary>
    /// <param name="directory">Where they are, compressed or not.</param>
    /// <param name="only">The only presentation to read, such as <c>AAA-2013J</c>; null for all.</param>
    public OuladLayout(string directory, string? only)
    {
        if (!Directory.Exists(directory))
        {
            throw new DataFormatException($"--data {directory} is no directory; the layout oulad is a directory of files.");
        }

        _directory = directory;
        _courses = DataFile.Require(directory, "courses.csv");
        _assessments = DataFile.Require(directory, "assessments.csv");
        _registrations = DataFile.Require(directory, "studentRegistration.csv");
        _results = DataFile.Require(directory, "studentAssessment.csv");
        _clicks = DataFile.Require(directory, "studentVle.csv");
        _sites = DataFile.Require(directory, "vle.csv");
        _only = only;
    }

    public IReadOnlyList<string> Files => [_courses, _assessments, _registrations, _results, _clicks, _sites];

    public IReadOnlyList<Course> ReadCourses(RowFaults faults) =>
        [.. OuladCourses.Read(_courses, _assessments, faults).Where(course => IsWanted(course.CourseId))];

    public IEnumerable<Event> ReadEvents(RowFaults faults)
    {
        var assessments = OuladAssessments.Read(_assessments, faults);
        return Rows(_registrations, faults, table => new OuladRegistrationReader(table))
            .Concat(Rows(_clicks, faults, table => new OuladClickReader(table, OuladSites.Read(_sites, faults))))
            .Concat(Rows(_results, faults, table => new OuladResultReader(table, assessments)))
            .Where(e => IsWanted(e.CourseId));
    }

    public IEnumerable<HistoryEvent> ReadHistory(RowFaults faults)
    {
        var assessments = OuladAssessments.Read(_assessments, new());
        return ReadEvents(faults).SelectMany(e => e.BodyCase == Event.BodyOneofCase.AssessmentSubmitted
            ? OuladHandIns.Of(e, assessments[e.ObjectId])
            : [new(e, e.OccurredAt)]);
    }

    public IEnumerable<Outcome> ReadOutcomes(RowFaults faults) =>
        OuladOutcomes.Read(DataFile.Require(_directory, "studentInfo.csv"), ReadCourses(new()), faults);

    public EnrolmentGroups ReadGroups(IReadOnlyList<string> columns, RowFaults faults)
    {
        using var table = CsvTable.Open(DataFile.Require(_directory, "studentInfo.csv"), faults);
        var module = table.Required("code_module");
        var code = table.Required("code_presentation");
        var student = table.Required("id_student");
        return EnrolmentGroups.Read(
            table, columns, row => Presentation.TryParse(row[module], row[code], out var presentation, out _) ? (row[student], presentation.CourseId) : null);
    }

    private static IEnumerable<Event> Rows(string path, RowFaults faults, Func<CsvTable, IOuladReader> open)
    {
        using var table = CsvTable.Open(path, faults);
        var reader = open(table);
        foreach (var row in table.Rows())
        {
            var events = reader.Read(row, out var fault, out var skipped);
            if (fault is not null)
            {
                faults.Add(table.Name, row.Line, fault);
            }
            else if (skipped is not null)
            {
                faults.Skip(skipped);
            }

            foreach (var e in events)
            {
                yield return e;
            }
        }
    }

    private bool IsWanted(string course) => _only is null || _only == course;
}
