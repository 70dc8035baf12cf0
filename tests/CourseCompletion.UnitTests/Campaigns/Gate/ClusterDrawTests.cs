using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Tenants;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>Sides that are drawn for courses and for clusters of questions.</summary>
public sealed class ClusterDrawTests
{
    private const long NoonMs = MondayMs + (12 * HourMs);

    private static readonly CampaignDefinition _byQuestions = CampaignBuilder.Campaign("likely") with
    {
        Purpose = NudgePurpose.Questions,
        ControlShare = 0.5,
        Unit = AssignmentUnit.QuestionCluster,
    };

    private static readonly string[] _learners =
        [.. Enumerable.Range(0, 40).Select(i => $"learner-{i}").Where(id => !GlobalHoldout.Includes(TenantId.Default, new(id), NoonMs))];

    [Fact]
    public void Decide_ByCourse_PutsEverybodyOnTheCoursesSide()
    {
        var sides = Enumerable.Range(0, 30).Select(campaign =>
        {
            var byCourse = CampaignBuilder.Campaign() with { ControlShare = 0.5, Unit = AssignmentUnit.Course, Salt = $"salt-{campaign}" };
            return Assert.Single(_learners.Select(id => new GatedLearner(id).Offer(byCourse, "2024-03-04", NoonMs)!.Group).Distinct());
        }).ToList();

        Assert.Contains(AssignmentGroup.Control, sides);
        Assert.Contains(AssignmentGroup.Treatment, sides);
    }

    [Fact]
    public void Decide_ByQuestions_DrawsEachLessonByItself()
    {
        var sides = Enumerable.Range(0, 30).Select(lesson => Assert.Single(_learners.Select(id => Reach(new(id), lesson).Group).Distinct())).ToList();

        Assert.Contains(AssignmentGroup.Control, sides);
        Assert.Contains(AssignmentGroup.Treatment, sides);
    }

    // Who answers for two lessons counts for the one that came first, and is not nudged on one side and left out on the other.
    [Fact]
    public void Decide_AnotherLessonLater_StaysWithTheFirst()
    {
        var treated = Enumerable.Range(0, 30).First(lesson => Reach(new(_learners[0]), lesson).Group == AssignmentGroup.Treatment);
        var control = Enumerable.Range(0, 30).First(lesson => Reach(new(_learners[0]), lesson).Group == AssignmentGroup.Control);
        var learner = new GatedLearner(_learners[0]);
        Reach(learner, treated);

        var later = Reach(learner, control, NoonMs + (2 * DayMs));

        Assert.Equal((AssignmentGroup.Treatment, ClusterOf(treated)), (later.Group, later.Cluster));
        Assert.Equal(ClusterOf(treated), learner.State.Nudges!.Memberships[0].Cluster);
    }

    [Fact]
    public void Decide_WhatTheLearnerWaitsFor_BelongsToNoCluster()
    {
        var learner = new GatedLearner(_learners[0]);

        var decision = learner.Offer(_byQuestions, Offer(1, NoonMs) with { IsTransactional = true }, NoonMs)!;

        Assert.Equal((AssignmentGroup.None, AssignmentCluster.None), (decision.Group, decision.Cluster));
    }

    private static NudgeDecision Reach(GatedLearner learner, int lesson, long atMs = NoonMs) => learner.Offer(_byQuestions, Offer(lesson, atMs), atMs)!;

    private static AssignmentCluster ClusterOf(int lesson) => AssignmentCluster.OfQuestion(CampaignBuilder.Course, $"lesson-{lesson}", default);

    private static NudgeOffer Offer(int lesson, long atMs) =>
        new(_byQuestions.Campaign, 1, $"likely:{lesson}", CampaignBuilder.Course, atMs, IsScheduled: false, []) { Cluster = ClusterOf(lesson) };
}
