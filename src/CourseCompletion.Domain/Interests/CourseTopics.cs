using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Interests;

/// <summary>What a course and its lessons are about: its tags, and the keywords of titles. A function of the definition alone.</summary>
/// <remarks>
/// <para>
/// A lesson is about its keywords with half its weight and about the course's tags with the other half; with all of it where there is only one of the two. Keywords are weighed by BM25 among the
/// course's own lessons, so that a word of every title tells nothing. Of keywords that name the same lessons only the longest stays, when it contains the others: they are one topic.
/// </para>
/// <para>The course is about what its lessons are about, in equal parts; the words of its title count as tags that it lacks do: they are topics of a course without tags.</para>
/// </remarks>
public sealed class CourseTopics
{
    /// <summary>How many of the tags are topics: the first.</summary>
    public const int TagsMax = 16;

    /// <summary>How many keywords a lesson has at most.</summary>
    public const int KeywordsMax = 3;

    private readonly TopicShare[][] _lessons;

    private CourseTopics(TopicShare[][] lessons, TopicShare[] course) => (_lessons, Course) = (lessons, course);

    /// <summary>What the course is about, the greatest share first; empty when neither tags nor titles say anything.</summary>
    public IReadOnlyList<TopicShare> Course { get; }

    /// <summary>What a lesson is about, given by its place in the definition, the greatest share first.</summary>
    public IReadOnlyList<TopicShare> OfLesson(int index) => _lessons[index];

    /// <summary>The topics of a definition.</summary>
    public static CourseTopics Of(CourseDefinition course)
    {
        var reader = ReaderOf(course);
        var tags = course.Tags.Select(TopicName.Of).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).Take(TagsMax).ToArray();
        if (tags.Length == 0)
        {
            tags = [.. reader.Read(course.Title).Distinct(StringComparer.Ordinal).Take(KeywordsMax)];
        }

        var titles = course.Lessons.Select(lesson => reader.Read(lesson.Title)).ToArray();
        var keywords = new Keywords(titles);
        var lessons = new TopicShare[titles.Length][];
        for (var i = 0; i < lessons.Length; i++)
        {
            lessons[i] = SharesOf(tags, Chosen(keywords.Of(i), keywords));
        }

        return new(lessons, lessons.Length == 0 ? SharesOf(tags, []) : Mean(lessons));
    }

    /// <summary>Reads texts of a course as its titles are read: with its tags and the phrases of its titles for known.</summary>
    public static TermReader ReaderOf(CourseDefinition course) =>
        new(course.Tags.Concat(PhraseMiner.Mine(course.Lessons.Select(lesson => lesson.Title).Append(course.Title), PhrasePolicy.Titles)));

    private static List<KeyValuePair<string, double>> Chosen(IReadOnlyList<KeyValuePair<string, double>> terms, Keywords keywords)
    {
        var chosen = new List<KeyValuePair<string, double>>(KeywordsMax);
        foreach (var term in terms.Where(term => !terms.Any(other => Covers(other.Key, term.Key, keywords))))
        {
            if (chosen.Count == KeywordsMax)
            {
                break;
            }

            chosen.Add(term);
        }

        return chosen;
    }

    private static bool Covers(string longer, string shorter, Keywords keywords) =>
        longer.Length > shorter.Length && longer.Contains(shorter, StringComparison.Ordinal) && keywords.DocumentsWith(longer) >= keywords.DocumentsWith(shorter);

    private static TopicShare[] SharesOf(string[] tags, List<KeyValuePair<string, double>> keywords)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        var forTags = tags.Length == 0 ? 0 : keywords.Count == 0 ? 1 : 0.5;
        foreach (var tag in tags)
        {
            shares[tag] = forTags / tags.Length;
        }

        var total = keywords.Sum(keyword => keyword.Value);
        foreach (var (keyword, weight) in keywords)
        {
            shares[keyword] = shares.GetValueOrDefault(keyword) + ((1 - forTags) * weight / total);
        }

        return Ordered(shares);
    }

    private static TopicShare[] Mean(TopicShare[][] lessons)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        var speaking = lessons.Count(lesson => lesson.Length > 0);
        foreach (var (topic, share) in lessons.SelectMany(lesson => lesson))
        {
            shares[topic] = shares.GetValueOrDefault(topic) + (share / speaking);
        }

        return Ordered(shares);
    }

    private static TopicShare[] Ordered(Dictionary<string, double> shares) =>
        [.. shares.Select(share => new TopicShare(share.Key, share.Value)).OrderByDescending(topic => topic.Share).ThenBy(topic => topic.Topic, StringComparer.Ordinal)];
}
