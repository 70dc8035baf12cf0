using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Interests;

public sealed class InterestTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task GetProfile_WatchedAndAsked_HasInterestsWithEvidence()
    {
        var (learner, course) = await LearnerAsync();

        var interests = (await learner.ProfileAsync()).Interests!.Interests;

        Assert.Equal("mathematics", interests[0].Topic);
        var rings = interests.Single(interest => interest.Topic == "rings");
        Assert.Equal([(InterestEvidenceKind.Asked, "lesson-2"), (InterestEvidenceKind.Watched, "lesson-2")], rings.Evidence.Select(evidence => (evidence.Kind, evidence.Lesson)));
        Assert.All(rings.Evidence, evidence => Assert.Equal(course, evidence.Course));
        Assert.Equal(1, interests.Sum(interest => interest.Share), 1e-9);
    }

    [Fact]
    public async Task CorrectInterest_HoldsThroughWatchingAndDeactivation()
    {
        var (learner, course) = await LearnerAsync();
        var corrected = await learner.Grain.CorrectInterestAsync("RINGS", InterestVerdict.NotInterested);
        Assert.DoesNotContain(corrected.Interests!.Interests, interest => interest.Topic == "rings");
        await learner.Grain.CorrectInterestAsync("Topology", InterestVerdict.Interested);

        await learner.SendUntilStoredAsync(learner.Watched(10, 100, "lesson-2"));
        await _cluster.DeactivateAsync(learner.Grain);

        var interests = (await learner.ProfileAsync()).Interests!;
        Assert.DoesNotContain(interests.Interests, interest => interest.Topic == "rings");
        Assert.Equal(InterestVerdict.Interested, interests.Interests.Single(interest => interest.Topic == "topology").Verdict);
        Assert.Equal([new("rings", InterestVerdict.NotInterested), new("topology", InterestVerdict.Interested)], interests.Corrections);

        // A course that is defined anew changes what the same deeds say, at once.
        await _cluster.DefineAsync(Titled(course) with { Tags = [], Lessons = [new() { Id = "lesson-2", Title = "Ideals" }] });
        await _cluster.EventuallyAsync("the new titles to be the interests", async () =>
        {
            _cluster.Clock.Advance(TimeSpan.FromMinutes(1));
            return (await learner.ProfileAsync()).Interests!.Interests.Any(interest => interest.Topic == "ideals");
        });

        var refused = await learner.Grain.CorrectInterestAsync(" ", InterestVerdict.Interested);
        Assert.Equal("topic", refused.Refusal?.Field);
    }

    [Fact]
    public async Task NoteSearch_IsEvidenceThatStays()
    {
        var (learner, _) = await LearnerAsync();
        Assert.Null(await learner.Grain.NoteSearchAsync("Category theory"));
        Assert.Null(await learner.Grain.NoteSearchAsync("category  THEORY"));
        Assert.Equal("query", (await learner.Grain.NoteSearchAsync(" "))?.Field);
        await _cluster.DeactivateAsync(learner.Grain);

        var interest = (await learner.ProfileAsync()).Interests!.Interests.Single(interest => interest.Topic == "category theory");
        Assert.Equal((InterestEvidenceKind.Searched, 1.0, "category theory"), (interest.Evidence[0].Kind, interest.Evidence[0].Amount, interest.Evidence[0].Query));

        // It is no activity.
        var stranger = new Producer(_cluster, _cluster.NewLearner(), _cluster.NewCourse());
        Assert.Null(await stranger.Grain.NoteSearchAsync("sets"));
        Assert.Equal(AnswerStatus.NotFound, (await stranger.Grain.GetProfileAsync(null)).Status);
    }

    [Fact]
    public async Task GetTopics_BurstOfComments_FindsItWithExamples()
    {
        var course = (await _cluster.DefineAsync(Titled(_cluster.NewCourse()))).Course;
        var grain = _cluster.Grains.GetGrain<ICourseTopicsGrain>(EngineCluster.KeyOf(course).Value);
        Assert.Empty((await grain.GetAsync())!.Emerging);
        foreach (var learner in _cluster.NewLearners(30))
        {
            var producer = new Producer(_cluster, learner, course);
            await producer.SendUntilStoredAsync(producer.Make(EventKind.Commented, TimeSpan.FromDays(20)) with { Text = "clear and well explained" });
        }

        foreach (var learner in _cluster.NewLearners(10))
        {
            var producer = new Producer(_cluster, learner, course);
            await producer.SendUntilStoredAsync(producer.Make(EventKind.Commented) with { Text = "the certificate page is empty", Lesson = "lesson-1" });
        }

        var leaver = new Producer(_cluster, _cluster.NewLearner(), course);
        await leaver.SendUntilStoredAsync(
            leaver.Make(EventKind.Commented, TimeSpan.FromDays(20)) with { Text = "too much about rings" },
            leaver.Make(EventKind.Rated) with { Value = 2 },
            leaver.Make(EventKind.Withdrew) with { Text = "I wanted less of rings" });

        CourseTopicsView? topics = null;
        await _cluster.EventuallyAsync("all comments to be there", async () =>
        {
            _cluster.Clock.Advance(TimeSpan.FromSeconds(31));
            topics = await grain.GetAsync();
            return topics is { Recent: 10, Earlier: 31 };
        });
        var found = Assert.Single(topics!.Emerging);
        Assert.Equal((10, 0), (found.Recent, found.Earlier));
        Assert.All(found.Examples, example => Assert.Equal(("the certificate page is empty", "lesson-1"), (example.Excerpt, example.Lesson)));
        var rings = topics.Feedback.Single(topic => topic.Topic == "rings");
        Assert.Equal((1, 1, 2.0), (rings.Counts.Texts, rings.Reasons, rings.Ratings.Mean));
        Assert.Equal(10, topics.Feedback.Single(topic => topic.Topic == found.Term).Counts.Texts);
        Assert.Null(await _cluster.Grains.GetGrain<ICourseTopicsGrain>(EngineCluster.KeyOf(_cluster.NewCourse()).Value).GetAsync());
    }

    private async Task<(Producer Learner, CourseId Course)> LearnerAsync()
    {
        var course = (await _cluster.DefineAsync(Titled(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);
        await learner.SendUntilStoredAsync(
            learner.Watched(0, 60), learner.Watched(0, 100, "lesson-2"), learner.Make(EventKind.QuestionAsked) with { Lesson = "lesson-2" });
        return (learner, course);
    }

    private static CourseDefinition Titled(CourseId course) => new()
    {
        Course = course,
        Version = 0,
        Tags = ["Mathematics"],
        Lessons = [new() { Id = "lesson-1", Title = "Groups", LengthMs = 100_000 }, new() { Id = "lesson-2", Title = "Rings", LengthMs = 100_000 }],
    };
}
