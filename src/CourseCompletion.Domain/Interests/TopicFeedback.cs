using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Interests;

/// <summary>What learners who wrote about a topic think: of them one text each, the newest.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Counts">What they wrote.</param>
/// <param name="Ratings">Their ratings of the course.</param>
/// <param name="Recommend">Whether they would recommend it.</param>
/// <param name="Reasons">Reasons for withdrawing that are about the topic.</param>
public sealed record TopicFeedback(string Topic, CommentCounts Counts, StarCounts Ratings, NetPromoter Recommend, int Reasons)
{
    /// <summary>How many topics are told.</summary>
    public const int TopicsMax = 20;

    /// <summary>Rolls texts up by topic, that which most wrote about first.</summary>
    /// <param name="course">The course; its topics count.</param>
    /// <param name="more">Further topics, as the terms that emerge.</param>
    /// <param name="comments">At most one a learner.</param>
    /// <param name="reasons">Reasons for withdrawing, at most one a learner.</param>
    /// <remarks>A text is about each topic that stands in it; of topics that overlap there, about the longest.</remarks>
    public static IReadOnlyList<TopicFeedback> RollUp(CourseDefinition course, IEnumerable<string> more, IEnumerable<JudgedText> comments, IEnumerable<JudgedText> reasons)
    {
        var topics = TermReader.Spelled(course.Topics.Course.Select(topic => topic.Topic).Concat(more));
        var reader = new TermReader(topics.Keys);
        var found = new Dictionary<string, TopicFeedback>(StringComparer.Ordinal);
        foreach (var text in comments)
        {
            foreach (var topic in TopicsOf(text))
            {
                found[topic] = FoundOf(topic).With(text);
            }
        }

        foreach (var topic in reasons.SelectMany(TopicsOf))
        {
            var known = FoundOf(topic);
            found[topic] = known with { Reasons = known.Reasons + 1 };
        }

        return
        [
            .. found.Values
                .OrderByDescending(topic => topic.Counts.Texts + topic.Reasons)
                .ThenBy(topic => topic.Topic, StringComparer.Ordinal)
                .Take(TopicsMax),
        ];

        IEnumerable<string> TopicsOf(JudgedText text) => reader.Read(text.Excerpt).Where(topics.ContainsKey).Select(term => topics[term]).Distinct(StringComparer.Ordinal);

        TopicFeedback FoundOf(string topic) => found.GetValueOrDefault(topic) ?? new(topic, default, default, default, 0);
    }

    /// <summary>As it travels between silos.</summary>
    public byte[] Encode()
    {
        var to = new PayloadWriter(64);
        to.Text(Topic);
        Counts.Write(to);
        Ratings.Write(to);
        Recommend.Write(to);
        to.UInt((uint)Reasons);
        return to.Finish();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static TopicFeedback Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "topic feedback");
        return new(from.Text(), CommentCounts.Read(ref from), StarCounts.Read(ref from), NetPromoter.Read(ref from), (int)from.UInt());
    }

    private TopicFeedback With(in JudgedText text) => this with
    {
        Counts = Counts.With(text.Note),
        Ratings = text.CourseMilli is { } milli ? Ratings.With(milli, 1) : Ratings,
        Recommend = text.RecommendMilli is { } answer ? Recommend.Plus(NetPromoter.Of(answer), 1) : Recommend,
    };
}

/// <summary>A text, and what its author thinks of the course.</summary>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Note">What it says.</param>
/// <param name="CourseMilli">The author's rating of the course in thousandths of a star; null without.</param>
/// <param name="RecommendMilli">The author's answer to whether to recommend it, 0 to 10,000; null without.</param>
public readonly record struct JudgedText(string Excerpt, CommentNote Note, int? CourseMilli, int? RecommendMilli);
