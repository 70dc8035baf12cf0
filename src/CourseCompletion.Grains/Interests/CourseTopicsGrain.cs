using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Interests;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Grains.Interests;

/// <summary>What a course is about, and what its learners write about more than they used to.</summary>
/// <remarks>
/// Key: <see cref="CourseKey"/>. Called by the gateway and backends; calls the course and its roster's shards. Nothing is stored. However many ask, the rows are looked through at most every 30 s, and
/// of a course of any size no more comments travel than the policy's sample.
/// </remarks>
internal sealed class CourseTopicsGrain([FromKeyedServices(EngineTime.Key)] TimeProvider time) : Grain, ICourseTopicsGrain
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(30);

    private readonly EmergingPolicy _policy = EmergingPolicy.Default;
    private CourseKey _key;
    private CourseTopicsView? _look;
    private long _lookedAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = CourseKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async ValueTask<CourseTopicsView?> GetAsync()
    {
        if (_look is not null && time.GetElapsedTime(_lookedAt) < _lookEvery)
        {
            return _look;
        }

        if (await GrainFactory.GetGrain<ICourseGrain>(_key.Value).GetEngagementAsync() is not { } engagement)
        {
            return null;
        }

        // Learners fall into shards by their hash: equal parts of every shard are a sample of the course.
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var limit = (_policy.SampleMax + engagement.ShardCount - 1) / engagement.ShardCount;
        var shards = await Task.WhenAll(
            Enumerable.Range(0, engagement.ShardCount)
                .Select(shard => GrainFactory.GetGrain<IRosterGrain>(RosterKey.For(_key, shard).Value).SampleCommentsAsync(nowMs - _policy.RecentMs, limit).AsTask()));
        var samples = shards.SelectMany(shard => shard.Comments).DistinctBy(comment => comment.Learner).ToDictionary(comment => comment.Learner);
        var comments = samples.Values.Select(comment => new WrittenComment(new LearnerId(comment.Learner), comment.AtMs, comment.Excerpt, comment.Lesson)).ToArray();
        var emerging = EmergingTopics.Find(comments, engagement.Course.Topics.Course.Select(topic => topic.Topic), nowMs - _policy.RecentMs, _policy);

        // A shard on a silo of an earlier release does not say what its texts say, and has no reasons.
        var read = shards.Where(shard => shard.Reasons is not null).ToArray();
        var feedback = TopicFeedback.RollUp(
            engagement.Course,
            emerging.Select(topic => topic.Term),
            read.SelectMany(shard => shard.Comments).DistinctBy(comment => comment.Learner).Select(TextOf),
            read.SelectMany(shard => shard.Reasons).DistinctBy(reason => reason.Learner).Select(TextOf));
        _look = new(
            engagement.Course,
            [.. emerging.Select(topic => new EmergingView(topic.Term, topic.Recent, topic.Earlier, topic.PValue, [.. topic.Examples.Select(comment => samples[comment.Learner.Value])]))],
            shards.Sum(shard => shard.Recent),
            shards.Sum(shard => shard.Earlier),
            nowMs,
            [.. feedback]);
        _lookedAt = time.GetTimestamp();
        return _look;
    }

    private static JudgedText TextOf(CommentExample text) => new(text.Excerpt, text.Note, text.CourseMilli, text.RecommendMilli);
}
