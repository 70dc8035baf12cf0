using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Campaigns.Uplift;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

public sealed class NudgeLogCodecTests
{
    private static readonly LearnerPreferences _preferences = new()
    {
        TimeZone = "Asia/Shanghai",
        DayStartMinutes = 240,
        Locale = "zh-CN",
        Channels = NudgeChannels.InApp | NudgeChannels.Email,
        Email = "ana@example.org",
        QuietFromMinute = 1,
        QuietToMinute = 2,
        PerDayMax = 1,
        PerWeekMax = 2,
        OptedOut = [NudgePurpose.Questions, NudgePurpose.Deadline],
        DeclinesExperiments = true,
        AnswersInQuietHours = true,
    };

    [Fact]
    public void Decode_SnapshotOfANudgedLearner_IsTheSame()
    {
        var learner = Nudged();

        var payload = LearnerSnapshotCodec.Encode(learner.State);
        var read = LearnerSnapshotCodec.Decode(payload);

        Assert.Equal(payload, LearnerSnapshotCodec.Encode(read));
        Assert.Equal(_preferences, read.Preferences);
        Assert.Equal(learner.State.Clock.DayOf(MondayMs), read.Clock.DayOf(MondayMs));
        Assert.Equal(learner.State.Nudges!.Entries.Select(entry => entry.Decision), read.Nudges!.Entries.Select(entry => entry.Decision));
    }

    [Fact]
    public void Decode_Frame_IsTheSame()
    {
        var decision = Nudged().State.Nudges!.Entries[0].Decision with { Variables = [new(TemplateVariable.Streak, "3"), new(TemplateVariable.QuestionText, "Why?")] };
        var frame = new LearnerFrame(7, MondayMs, 1, "prior-1", [], null, [])
        {
            Nudges = new(_preferences, [new(5, NudgeDelivery.Failed)], [decision]),
        };

        var read = LearnerFrame.Decode(frame.Encode(new PayloadWriter()));

        Assert.Equal(_preferences, read.Nudges.Preferences);
        Assert.Equal(frame.Nudges.Deliveries, read.Nudges.Deliveries);
        Assert.Equal(frame.Nudges.Decisions, read.Nudges.Decisions);
    }

    [Fact]
    public void Decode_CampaignRow_IsTheSame()
    {
        var learner = Nudged();
        var row = CampaignRow.From(learner.Id, 3, learner.State, learner.State.Nudges!.Memberships[0]);
        Assert.NotEmpty(row.Membership.Uplift!.Sample);

        var read = CampaignRowCodec.Decode(CampaignRowCodec.Encode(row));

        Assert.Equal(CampaignRowCodec.Encode(row), CampaignRowCodec.Encode(read));
        Assert.Equal((row.Learner, row.Version), (read.Learner, read.Version));
    }

    [Fact]
    public void Decode_Definition_IsTheSame()
    {
        var campaign = CampaignBuilder.Campaign() with
        {
            Purpose = NudgePurpose.CheckIn,
            Audience = new()
            {
                Bands = [CompletionBand.AtRisk],
                ProbabilityMin = 0.1,
                ProbabilityMax = 0.9,
                GainMin = 0.05,
                SilentDaysMin = 1,
                SilentDaysMax = 9,
                ProgressMin = 0.2,
                ProgressMax = 0.8,
                DueWithinDays = 4,
                CourseTags = ["maths"],
            },
            Timing = new() { Kind = NudgeTimingKind.AfterPractice, AfterMs = HourMs, SilenceDaysMax = 5, Days = WeekDays.Monday | WeekDays.Friday },
            Goal = CampaignGoal.CheckInToday,
            CheckIn = new CheckInPlan { DaysPerWeek = 5, WeeklyGoalDays = 4, UniqueMinutesMin = 3, QuizProves = true, DaysPerCard = 7, FreezesPerMonth = 2, TravelGrace = false },
            StartsAtMs = MondayMs,
            EndsAtMs = MondayMs + DayMs,
            GraceMs = 5,
            QuietHours = QuietHoursRule.Drop,
            Arms = [new("mail", "hello", NudgeChannel.Email, 2, 30), new("none", "", NudgeChannel.Unspecified, 1)],
            ControlShare = 0.3,
            SendsOnExpectedGain = true,
            CreatedAtMs = 1,
            UpdatedAtMs = 2,
        };

        var read = CampaignDefinitionCodec.Decode(CampaignDefinitionCodec.Encode(campaign));

        Assert.True(read.HasContentOf(campaign));
        Assert.Equal((campaign.Version, campaign.CreatedAtMs, campaign.UpdatedAtMs), (read.Version, read.CreatedAtMs, read.UpdatedAtMs));
        Assert.Equal(CampaignDefinitionCodec.Encode(campaign), CampaignDefinitionCodec.Encode(read));
    }

    // A learner with something in every field.
    private static GatedLearner Nudged()
    {
        var learner = new GatedLearner { Uplift = UpliftBuilder.On() };
        learner.Prefer(_preferences with { DeclinesExperiments = false });
        learner.Offer(CampaignBuilder.Campaign() with { SendsOnExpectedGain = true }, "2024-03-04", MondayMs + (12 * HourMs), probability: 0.1f);
        var entry = learner.State.Nudges!.Entries[0];
        (entry.Delivery, entry.DeliveryEndedAtMs) = (NudgeDelivery.Delivered, MondayMs + DayMs);
        learner.Act(EventKind.NudgeOpened, MondayMs + (13 * HourMs), NudgeIds.ToText(entry.Decision.Id));
        learner.Act(EventKind.NudgeDismissed, MondayMs + (14 * HourMs), NudgeIds.ToText(entry.Decision.Id));
        learner.Watch(MondayMs + (15 * HourMs), 61_000);
        learner.Act(EventKind.CheckedIn, MondayMs + (16 * HourMs));
        learner.Offer(CampaignBuilder.Campaign("other"), "2024-03-05", MondayMs + (41 * HourMs));
        learner.Prefer(_preferences);
        return learner;
    }
}
