using System.Globalization;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>Makes <c>assessment_submitted</c> of <c>studentAssessment.csv</c>.</summary>
internal sealed class OuladResultReader(CsvTable table, IReadOnlyDictionary<string, OuladAssessment> assessments) : IOuladReader
{
    private const double ScoreMax = 100;

    private static readonly TimeSpan _evening = TimeSpan.FromHours(18);
    private readonly CsvColumn _assessment = table.Required("id_assessment");
    private readonly CsvColumn _student = table.Required("id_student");
    private readonly CsvColumn _date = table.Required("date_submitted");
    private readonly CsvColumn _banked = table.Required("is_banked");
    private readonly CsvColumn _score = table.Required("score");

    public IReadOnlyList<Event> Read(CsvRecord row, out string? fault, out string? skipped)
    {
        fault = null;
        skipped = row[_banked] == "1" ? "results carried over from an earlier presentation (is_banked)"
            : row[_score] is "" or "?" ? "results without a score"
            : null;
        if (skipped is not null)
        {
            return [];
        }

        if (!assessments.TryGetValue(row[_assessment], out var assessment))
        {
            fault = $"id_assessment '{row[_assessment]}' is not in assessments.csv";
            return [];
        }

        if (!Presentation.TryParseDay(row[_date], out var day))
        {
            fault = $"date_submitted '{row[_date]}' is no day";
            return [];
        }

        if (!double.TryParse(row[_score], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !double.IsFinite(score))
        {
            fault = $"score '{row[_score]}' is no number";
            return [];
        }

        return
        [
            new()
            {
                EventId = DerivedId.Of($"{OuladLayout.SourceName}/result/{row[_assessment]}/{row[_student]}"),
                Source = OuladLayout.SourceName,
                LearnerId = row[_student],
                CourseId = assessment.Presentation.CourseId,
                LessonId = assessment.Id,
                ObjectId = assessment.Id,
                OccurredAt = assessment.Presentation.At(day, _evening),
                AssessmentSubmitted = new() { Score = score, MaxScore = ScoreMax, DueAt = assessment.DueAt },
            },
        ];
    }
}
