using System.Globalization;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Interests;
using CourseCompletion.Gateway.Profiles;
using CourseCompletion.Grains.Abstractions.Learners;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Puts learners on the wire.</summary>
internal static class LearnerMapping
{
    private const string FeatureSet = "completion";
    private const double MsPerSecond = 1000;

    public static Wire.Learner ToWire(LearnerProfile profile) => new()
    {
        LearnerId = profile.LearnerId,
        FirstEventAt = TimestampMapping.FromOptional(profile.FirstEventAtMs),
        LastEventAt = TimestampMapping.FromOptional(profile.LastEventAtMs),
        EventCount = profile.EventCount,
        Sources = { profile.Sources.Select(ToWire) },
        Enrolments = { profile.Enrolments.Select(Summary) },
        Version = ResumeToken.Of(profile.Version),
        Profile = profile.Learning is { } learning ? ProfileMapping.ToWire(learning) : null,
        Interests = InterestMapping.ToWire(profile.Interests),
    };

    public static Wire.LearnerSource ToWire(SourceView source) => new()
    {
        Name = source.Name,
        NewestOccurredAt = source.NewestAtMs <= 0 ? null : TimestampMapping.From(source.NewestAtMs),
        Floor = source.FloorAtMs <= 0 ? null : TimestampMapping.From(source.FloorAtMs),
    };

    public static Wire.Enrolment ToWire(EnrolmentView enrolment, string learnerId, string version, bool withFeatures) => new()
    {
        LearnerId = learnerId,
        CourseId = enrolment.Course.Value,
        Status = StatusOf(enrolment.Status),
        Attempt = enrolment.Attempt,
        EnrolledAt = TimestampMapping.FromOptional(enrolment.EnrolledAtMs),
        CompletedAt = TimestampMapping.FromOptional(enrolment.CompletedAtMs),
        LastActivityAt = TimestampMapping.FromOptional(enrolment.LastActivityAtMs),
        Progress = enrolment.Progress,
        Lessons = { enrolment.Lessons.Select(ToWire) },
        Counts = CountsOf(enrolment),
        ActiveDays = enrolment.ActiveDays,
        Features = withFeatures ? FeaturesOf(enrolment) : null,
        Completion = EstimateOf(enrolment),
        FactHash = enrolment.FactHash.ToString("x16", CultureInfo.InvariantCulture),
        DefinitionVersion = enrolment.DefinitionVersion,
        Version = version,
    };

    public static Wire.EnrolmentStatus StatusOf(EnrolmentStatus status) => status switch
    {
        EnrolmentStatus.Prospect => Wire.EnrolmentStatus.Prospect,
        EnrolmentStatus.Active => Wire.EnrolmentStatus.Active,
        EnrolmentStatus.Withdrawn => Wire.EnrolmentStatus.Withdrawn,
        EnrolmentStatus.Completed => Wire.EnrolmentStatus.Completed,
        _ => Wire.EnrolmentStatus.Unspecified,
    };

    private static Wire.EnrolmentSummary Summary(EnrolmentView enrolment) => new()
    {
        CourseId = enrolment.Course.Value,
        Status = StatusOf(enrolment.Status),
        Attempt = enrolment.Attempt,
        EnrolledAt = TimestampMapping.FromOptional(enrolment.EnrolledAtMs),
        CompletedAt = TimestampMapping.FromOptional(enrolment.CompletedAtMs),
        LastActivityAt = TimestampMapping.FromOptional(enrolment.LastActivityAtMs),
        Progress = enrolment.Progress,
        Completion = EstimateOf(enrolment),
    };

    private static Wire.CompletionEstimate? EstimateOf(EnrolmentView enrolment) => enrolment.Status == EnrolmentStatus.Prospect
        ? null
        : new()
        {
            Probability = enrolment.Probability,
            ModelVersion = enrolment.ModelVersion,
            EvaluatedAt = TimestampMapping.From(enrolment.EvaluatedAtMs),

            // The numbers of the bands are those of the wire.
            Band = (Wire.CompletionBand)enrolment.Band,
            ProbabilityLow = enrolment.ProbabilityLow,
            ProbabilityHigh = enrolment.ProbabilityHigh,
            Stop = enrolment.Stop is { } stop ? new() { WeeksAhead = stop.WeeksAhead, Probability = stop.Probability, ByTheEnd = stop.ByTheEnd } : null,
            Reasons = { enrolment.Reasons.Select(ToWire) },
            NextStep = enrolment.NextStep is { } step ? new() { Text = step.Text, Probability = step.Probability } : null,
        };

    private static Wire.CompletionReason ToWire(ReasonView reason) => new()
    {
        // The numbers of the grounds are those of the wire.
        Ground = (Wire.ReasonGround)reason.Ground,
        Text = reason.Text,
        Contribution = reason.Contribution,
    };

    private static Wire.LessonProgress ToWire(LessonView lesson) => new()
    {
        LessonId = lesson.Lesson,
        UniqueWatchedSeconds = lesson.UniqueMs / MsPerSecond,
        TotalWatchedSeconds = lesson.WatchedMs / MsPerSecond,
        LengthSeconds = lesson.LengthMs / MsPerSecond,
        WatchedShare = lesson.WatchedShare,
        Completed = lesson.Completed,
        FirstTouchedAt = TimestampMapping.FromOptional(lesson.FirstAtMs),
    };

    private static Wire.EnrolmentCounts CountsOf(EnrolmentView enrolment)
    {
        var counts = new Wire.EnrolmentCounts
        {
            Likes = enrolment.Likes,
            Comments = enrolment.KindCounts[(int)EventKind.Commented],
            Shares = enrolment.KindCounts[(int)EventKind.Shared],
            Forwards = enrolment.KindCounts[(int)EventKind.Forwarded],
            Bookmarks = enrolment.Bookmarks,
            QuestionsAsked = enrolment.KindCounts[(int)EventKind.QuestionAsked],
            QuestionsAnswered = enrolment.KindCounts[(int)EventKind.QuestionAnswered],
            AnswersAccepted = enrolment.KindCounts[(int)EventKind.AnswerAccepted],
            CheckInDays = enrolment.CheckInDays,
            Sessions = enrolment.Sessions,
            AssessmentsSubmitted = enrolment.Assessments,
        };
        if (enrolment.Assessments > 0)
        {
            counts.MeanScoreShare = enrolment.ScoreMean;
        }

        return counts;
    }

    private static Wire.FeatureVector FeaturesOf(EnrolmentView enrolment)
    {
        var vector = new Wire.FeatureVector { Name = FeatureSet, Version = CompletionFeatures.Version };
        for (var i = 0; i < enrolment.Features.Length; i++)
        {
            vector.Features.Add(new Wire.Feature { Name = CompletionFeatures.Names[i], Value = enrolment.Features[i] });
        }

        return vector;
    }
}
