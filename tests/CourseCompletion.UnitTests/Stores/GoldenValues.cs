using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Stores;

/// <summary>The values of which the golden files are the stored form: every field set, ids beyond ASCII, nothing random.</summary>
internal static class GoldenValues
{
    public static LearnerFrame Frame => new(
        42,
        MondayMs + 5,
        3,
        "prior-1",
        [
            .. Kinds.Where(kind => kind <= EventKind.ActivityRecorded).Select((kind, i) => Event(kind, $"event-{i}", MondayMs + i)),
            Event(EventKind.AssessmentSubmitted, "课程/😀") with
            {
                Source = "веб",
                ClockShiftMs = -180_000,
                Lesson = "leçon 3",
                Session = "s1",
                TargetLearner = "bob",
                PositionMs = 61_000,
                DueAtMs = MondayMs + DayMs,
                Text = "Why?",
            },
        ],
        "app",
        [new(new CourseId("algebra"), 7, 0.625f, false, CompletionBand.AtRisk), new(new CourseId("文学"), 1, 1, true)])
    {
        AssumedZone = "Asia/Kathmandu",
        Nudges = new(Preferences, [new(7, NudgeDelivery.Failed), new(8, NudgeDelivery.Delivered)], [Decision(NudgeVerdict.Sent), Decision(NudgeVerdict.Deferred)]),
    };

    private static LearnerPreferences Preferences => new()
    {
        TimeZone = "Asia/Kathmandu",
        DayStartMinutes = 240,
        Locale = "ne",
        Channels = NudgeChannels.Webhook | NudgeChannels.Email,
        Email = "ada@example.org",
        QuietFromMinute = 1_300,
        QuietToMinute = 420,
        PerDayMax = 1,
        PerWeekMax = 2,
        OptedOut = [NudgePurpose.Deadline],
        AnswersInQuietHours = true,
        ReminderMinute = 1_100,
    };

    public static RosterRow Row => new()
    {
        Learner = new LearnerId("ада"),
        Version = new RowVersion(2, 1_000_001, 7),
        Status = EnrolmentStatus.Withdrawn,
        EnrolledAtMs = MondayMs,
        LastActivityAtMs = MondayMs + HourMs,
        ActiveMask = 0x8000_0000_0000_0005,
        Progress = 0.5f,
        Probability = 0.25f,
        EvaluatedAtMs = MondayMs + DayMs,
        Band = CompletionBand.Slipping,
        FirstPromotedAtMs = MondayMs - (2 * DayMs),
        PromotedAtMs = MondayMs - DayMs,
        InteractedAtMs = MondayMs + 1,
        LearnerActiveAtMs = MondayMs + HourMs,
        Counts = new RosterCounts(1, 2, 3, 4, 5, 6, 7, 8, 9_000, 10_000, 300),
        Lessons =
        [
            new LessonContribution("lesson-1", true, true, true, 95_000, (UInt128.One << 100) - 1),
            new LessonContribution("leçon 3", false, false, false, 0, 0),
            new LessonContribution("lesson-4", true, true, false, 20_000, (UInt128.One << 99) | 5),
        ],
        Features = [.. Enumerable.Range(0, 64).Select(i => i / 8f)], // As many as there were when the file was written.
        Reach = new("Asia/Kathmandu", 240, 13, MondayMs + HourMs, 1_100),
    };

    public static CourseDefinition Course => new()
    {
        Course = new CourseId("文学"),
        Version = 7,
        Title = "Literature",
        Tags = ["reading", "été"],
        Lessons =
        [
            new LessonDefinition
            {
                Id = "lesson-1",
                Title = "One",
                Kind = LessonKind.Video,
                LengthMs = 100_000,
                Weight = 2.5,
                DueAtMs = MondayMs,
                CompletionThreshold = 0.9,
            },
            new LessonDefinition { Id = "essay", Kind = LessonKind.Assignment, Required = false },
        ],
        Rule = new CompletionRule(CompletionRuleKind.Assessment, 0.6, "exam"),
        StartsAtMs = MondayMs,
        EndsAtMs = MondayMs + (30 * DayMs),
        TimeZone = "Asia/Kathmandu",
        IsDraft = true,
        CreatedAtMs = MondayMs - DayMs,
        UpdatedAtMs = MondayMs,
    };

    public static ModelCatalog Models => new()
    {
        Revision = 300,
        Models =
        [
            new(new("дерево-1", "passed", 268, 2, 21_333, 0.5f, 0x8000_0000_0000_0001), MondayMs),
            new(new("trees-2", "completed_by_rule", 30, 2, 0, 1, 0), MondayMs + DayMs),
        ],
        Champions = [new("дерево-1", MondayMs), new("prior-1", MondayMs + HourMs)],
        Shadow = "trees-2",
    };

    /// <summary>A tenant's completion index that learned of one course and hears of another.</summary>
    public static IndexState Index()
    {
        var state = new IndexState { AsOfMs = MondayMs, ActiveLearners = LearnerSample.Of([new(7, 19_786), new(0xF000_0000_0000_0001, 19_785)]) };
        var learned = new CourseTrack { HeardAtMs = MondayMs - HourMs, HashBelow = 0xFFFF_0000_0000_0000, LearnedCohort = MondayMs - DayMs, Counts = new(new(1, 2), new(3, 4), new(5, 6)) };
        learned.Looks.Add(new(MondayMs - (8 * DayMs), new(new(7, 8), new(9, 10), new(11, 12))));
        state.Courses.Add("文学", learned);
        state.Courses.Add("algebra", new() { HeardAtMs = MondayMs });
        foreach (var evidence in new[] { state.Fit.Slope, state.Fit.Full })
        {
            evidence.Learners = 12.5;
            for (var i = 0; i < evidence.Count; i++)
            {
                evidence.Information[(i * evidence.Count) + i] = i + 0.5;
                (evidence.Pull[i], evidence.TermSums[i], evidence.TermSquares[i]) = (-i, i / 4d, i);
            }

            var level = new CourseEvidence(evidence.Count) { Information = 0.25, Pull = -0.125 };
            level.Cross[1] = 0.75;
            evidence.Courses.Add("文学", level);
        }

        (state.Fit.AsOfMs, state.Fit.SlopeCourseVariance, state.Fit.FullCourseVariance) = (MondayMs, 0.375, 0.625);
        return state;
    }

    /// <summary>The learner of the golden snapshot. Only a new format needs it: a stored snapshot stays what it is when folding changes.</summary>
    public static LearnerState Learner()
    {
        const string literature = "文学";
        var state = new LearnerState();
        LearnerFrame[] frames =
        [
            new(
                1,
                MondayMs + DayMs,
                1,
                "prior-1",
                [
                    Event(EventKind.Withdrew, "1") with { Source = "веб" },
                    Event(EventKind.Liked, "2", course: literature) with { Source = "веб" },
                    Event(EventKind.Rated, "3", course: literature) with { Source = "веб", ObjectId = "é", Value = 4.5 },
                    Watched("lesson-1", 0, 20_000, "4") with { Source = "веб", Session = "s0" },
                    Watched("lesson-1", 5_000, 15_000, "5"),
                    Event(EventKind.CheckedIn, "6", course: literature),
                    Event(EventKind.PromotionShown, "12", MondayMs - DayMs),
                    Event(EventKind.PromotionClicked, "13"),
                ],
                null,
                [new(new CourseId("algebra"), 1, 0.5f, false), new(new CourseId(literature), 1, 0.5f, false)]),
            new(
                2,
                MondayMs + (80 * DayMs),
                1,
                "prior-1",
                [
                    Watched("lesson-1", 30_000, 40_000, "7", MondayMs + (70 * DayMs)) with { Session = "s1", Speed = 3 },
                    Event(EventKind.Enrolled, "8", MondayMs + (70 * DayMs)),
                    Event(EventKind.AssessmentSubmitted, "9", MondayMs + (70 * DayMs)) with { Session = "s1", DueAtMs = MondayMs + DayMs },
                    Event(EventKind.ActivityRecorded, "10", MondayMs + (70 * DayMs), literature),
                    Event(EventKind.SessionStarted, "11", MondayMs + (70 * DayMs)) with { Session = "s1" },
                    Event(EventKind.CheckInMadeUp, "14", MondayMs + (70 * DayMs), literature),
                ],
                null,
                [new(new CourseId("algebra"), 1, 0.75f, true), new(new CourseId(literature), 1, 0.5f, false, CompletionBand.AtRisk)])
            {
                Nudges = new(Preferences, [], [Decision(NudgeVerdict.Sent), Decision(NudgeVerdict.WouldSend)]),
            },
            new(
                3,
                MondayMs + (83 * DayMs),
                1,
                "prior-1",
                [
                    Event(EventKind.NudgeOpened, "15", MondayMs + (80 * DayMs)) with { ObjectId = NudgeIds.ToText(1) },
                    Watched("lesson-1", 100_000, 190_000, "16", MondayMs + (80 * DayMs) + HourMs),
                    Event(EventKind.SessionStarted, "17", MondayMs + (83 * DayMs)),
                ],
                null,
                [new(new CourseId("algebra"), 1, 0.75f, true)])
            {
                Nudges = new(null, [new(1, NudgeDelivery.Delivered)], []),
            },
        ];
        Array.ForEach(frames, frame => frame.Replay(state, LearnerPolicy.Default));
        return state;
    }

    private static NudgeDecision Decision(NudgeVerdict verdict) => new()
    {
        Id = (UInt128)(int)verdict,
        Campaign = new($"кампания-{(int)verdict}"),
        CampaignVersion = 3,
        Occurrence = "2024-05-23",
        Course = new("algebra"),
        Purpose = NudgePurpose.WinBack,
        DueAtMs = MondayMs + (80 * DayMs) - HourMs,
        DecidedAtMs = MondayMs + (80 * DayMs),
        Verdict = verdict,
        Reason = verdict == NudgeVerdict.WouldSend ? NudgeReason.Control : NudgeReason.None,
        Group = verdict == NudgeVerdict.WouldSend ? AssignmentGroup.Control : AssignmentGroup.Treatment,
        Arm = "mail",
        Propensity = 0.75f,
        Awake = [new(new("app"), 0.25), new(new("mail"), 0.75)],
        Template = "hello",
        Channel = NudgeChannel.Email,
        Probability = 0.375f,
        RetryAtMs = verdict == NudgeVerdict.Deferred ? MondayMs + (81 * DayMs) : 0,
        Variables = [new(TemplateVariable.Streak, "3")],
        Digest = verdict == NudgeVerdict.Sent ? (UInt128)9 : default,
        Uplift = new(new(0.375f, 2.5f, 1, 2, 300, 0.75f), 0.25f, verdict == NudgeVerdict.Deferred ? null : new(0.5f, 0.125f, 0.25f)),
        Cluster = new(9),
    };
}
