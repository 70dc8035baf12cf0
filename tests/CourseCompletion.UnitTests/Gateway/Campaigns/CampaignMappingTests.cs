using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Campaigns;
using CourseCompletion.UnitTests.Campaigns;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Campaigns;

public sealed class CampaignMappingTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var filled = CampaignBuilder.Campaign() with
        {
            Audience = new AudienceFilter
            {
                Bands = [CompletionBand.Slipping],
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
            Timing = new NudgeTiming { Kind = NudgeTimingKind.AfterPractice, AfterMs = HourMs, SilenceDaysMax = 3, Days = WeekDays.Tuesday | WeekDays.Sunday },
            StartsAtMs = MondayMs,
            EndsAtMs = MondayMs + DayMs,
            GraceMs = 90_000,
            Arms = [new("mail", "hello", NudgeChannel.Email, 2, 30), new("none", "", NudgeChannel.Unspecified, 1)],
            ControlShare = 0.25,
            LearnsArms = true,
            SendsOnExpectedGain = true,
            Unit = AssignmentUnit.Course,
        };
        var faults = new List<Rejection>();

        var read = CampaignMapping.Read(CampaignMapping.ToWire(filled), faults);

        Assert.Empty(faults);
        Assert.True(read!.HasContentOf(filled with { Salt = "", Status = read.Status }));
    }

    [Fact]
    public void Read_NothingButWhatIsRequired_TakesTheDefaults()
    {
        var read = CampaignMapping.Read(new() { CampaignId = "c", Timing = new() { FixedTime = new() { MinuteOfDay = 60 } } }, [])!;

        Assert.Equal((AudienceFilter.Everybody, 2 * HourMs, WeekDays.All), (read.Audience, read.GraceMs, read.Timing.Days));
        Assert.True(double.IsNaN(read.ControlShare));
    }

    [Fact]
    public void Read_Malformed_NamesTheFields()
    {
        var faults = new List<Rejection>();

        var read = CampaignMapping.Read(
            new()
            {
                Timing = new() { DaysOfWeek = { 8 } },
                Grace = new() { Seconds = -1 },
                StartsAt = new() { Seconds = long.MaxValue },
                ControlShare = double.NaN,
            },
            faults);

        Assert.Null(read);
        Assert.Equal(
            ["campaign.control_share", "campaign.grace", "campaign.starts_at", "campaign.timing.days_of_week"], faults.Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_TimingWithoutAKind_IsAFault()
    {
        var faults = new List<Rejection>();

        CampaignMapping.Read(new Wire.Campaign(), faults);

        Assert.Equal("campaign.timing", Assert.Single(faults).Field);
    }
}
