using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>A tenant's recommender while it lives: takes what learners take as it comes, and ranks.</summary>
/// <remarks>The same rows, in the same order, give the same ranking. Not to be used by two threads at once.</remarks>
/// <param name="policy">The numbers.</param>
public sealed class LiveRecommender(RecommendationPolicy policy)
{
    // A course counts as taken this often before anybody took it, so that its logarithm exists.
    private const float TakenAtFirst = 0.5f;

    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly CourseLikeness _likeness = new();
    private readonly ColdCourses _cold = new();
    private readonly List<int> _newest = [];
    private readonly HashSet<int> _promoted = [];
    private readonly CourseScores _scores = new();

    /// <summary>How many courses and completions were counted.</summary>
    public long Revision { get; private set; }

    /// <summary>The day up to which counters have faded; 0 before the first.</summary>
    public long Day { get; private set; }

    /// <summary>How many courses it knows.</summary>
    public int CourseCount => Known.Count;

    /// <summary>How many learners it remembers.</summary>
    public int LearnerCount => Counted.Count;

    internal TransitionModel Model { get; } = new(policy.Transitions);

    internal List<KnownCourse> Known { get; } = [];

    internal CountedLearners Counted { get; } = new(policy.LearnersMax);

    internal CompletionLifts Lifts { get; } = new(policy);

    /// <summary>Counts what a row says and was not counted yet; tells whether there was something.</summary>
    public bool Take(TasteRow row)
    {
        var learner = KeyHash.Of(row.Learner.Value);
        var counted = Counted.CountedOf(learner, row);
        if (!Counted.Set(learner, row.Total, row.CompletedTotal))
        {
            return false;
        }

        Span<int> numbers = stackalloc int[row.Courses.Count];
        var count = 0;
        for (var i = 0; i < row.Courses.Count; i++)
        {
            if (NumberOf(row.Courses[i]) is not (>= 0 and var number))
            {
                continue;
            }

            if (row.Total - row.Courses.Count + i >= counted.Taken)
            {
                Model.Observe(numbers[..count], number);
                Lifts.CountTaken(numbers[..count], number);
                Known[number].Taken++;
                Revision++;
            }

            numbers[count++] = number;
        }

        CountCompletions(row, counted.Completed, numbers[..count]);
        return true;
    }

    /// <summary>Takes what a definition says; tells whether it is newer than what was known.</summary>
    public bool Take(CourseFact fact)
    {
        if (NumberOf(fact.Course) is not (>= 0 and var number) || (Known[number].Fact is { } known && !IsNews(fact, known)))
        {
            return false;
        }

        Learn(number, fact);
        return true;
    }

    /// <summary>Whether there is no room for a course that is not known yet.</summary>
    public bool IsFullFor(CourseId course) => Known.Count >= policy.CoursesMax && !_numbers.ContainsKey(TasteRules.HashOf(course));

    /// <summary>Lets counters fade up to a day. A day that is past changes nothing.</summary>
    public void FadeTo(long day)
    {
        if (Day != 0 && day > Day)
        {
            var factor = (float)Math.Pow(2, -(day - Day) / policy.HalfLifeDays);
            Model.Forget(factor);
            Model.Settle();
            Lifts.Forget(factor);
            Known.ForEach(course => course.Taken *= factor);
        }

        Day = Math.Max(Day, day);
    }

    /// <summary>Goes on from a checkpoint, once all of its pieces are read.</summary>
    public void Settled(RecommenderHead head)
    {
        (Day, Revision) = (head.Day, head.Revision);
        Model.Settle();
    }

    /// <summary>The id of a course.</summary>
    public CourseId IdOf(int number) => Known[number].Id;

    /// <summary>The title of a course; empty when it is not known.</summary>
    public string TitleOf(int number) => Known[number].Fact?.Title ?? "";

    /// <summary>The best courses for a learner, best first: as many as a list and the draw behind it need.</summary>
    /// <remarks>
    /// Courses that have ended, that nobody defined, or whose prerequisites are not all completed are left out. What is relevant is ranked once more by gain and diversity (<see cref="RerankRules"/>), and then promoted courses are lifted and kept in
    /// bounds (<see cref="PromotionRules"/>).
    /// </remarks>
    public RankedCourse[] Rank(RecommendationQuery query)
    {
        // Promoted courses that have to go leave no gap.
        var wanted = ExplorationRules.RankedFor(query.Limit, policy);
        var room = wanted + Math.Min(_promoted.Count, wanted);
        Span<int> courses = stackalloc int[room];
        Span<float> scores = stackalloc float[room];
        var best = new BestCourses(courses, scores);
        int[] taken = [.. NumbersOf(query.Taken)];
        HashSet<int> notListed = [.. NumbersOf(query.NotWanted), .. taken];
        HashSet<ulong> completed = [.. query.Completed];
        var cold = _cold.Score(taken, Known.Count, _newest, _likeness, number => Known[number].Taken < ColdCourses.TakenMax && IsListed(number));
        var total = taken.Length == 0 ? TotalTaken : 0;
        if (taken.Length == 0)
        {
            RankPopular(number => IsListed(number) && !cold.ContainsKey(number), total, ref best, scores);
        }
        else
        {
            Model.Recommend(taken, number => IsListed(number) && !cold.ContainsKey(number), _scores, ref best);
        }

        foreach (var course in cold.Keys)
        {
            best.Offer(course, ScoreOf(course));
        }

        var ranked = new RankedCourse[best.Count];
        for (var i = 0; i < ranked.Length; i++)
        {
            ranked[i] = Explained(taken, courses[i], scores[i], cold);
        }

        if (_promoted.Count > 0)
        {
            var allowed = PromotionRules.AllowedIn(query.Limit, ranked.Count(course => !_promoted.Contains(course.Course)), query.IsAtRisk, policy);
            var lower = _promoted.Where(IsListed).Take(policy.PromotedMax).Except(ranked.Select(course => course.Course)).Select(course => Explained(taken, course, ScoreOf(course), cold)).OrderByDescending(course => course.Score).Take(allowed);
            ranked = PromotionRules.Balance(Rerank(taken, [.. ranked, .. lower], query.Limit), _promoted.Contains, allowed, policy);
        }
        else
        {
            ranked = Rerank(taken, ranked, query.Limit);
        }

        return ranked.Length > wanted ? ranked[..wanted] : ranked;

        float ScoreOf(int course)
        {
            var seen = taken.Length == 0 ? LogPopularityOf(course, total) : Model.ScoreOf(taken, course);
            return cold.TryGetValue(course, out var about) ? seen + (Math.Max(0, about.Score - seen) / (1 + Known[course].Taken)) : seen;
        }

        bool IsListed(int number) => !notListed.Contains(number) && Known[number].IsOpen(query.NowMs, completed, policy);

        IEnumerable<int> NumbersOf(IReadOnlyList<ulong> hashes) => hashes.Where(_numbers.ContainsKey).Select(hash => _numbers[hash]);
    }

    /// <summary>How much likelier a learner completes a course than all who take it, by the courses taken before: 1 is no likelier, or not known.</summary>
    /// <param name="taken">The numbers of the courses taken, oldest first.</param>
    /// <param name="course">The course's number.</param>
    public double GainOf(ReadOnlySpan<int> taken, int course) => Lifts.GainOf(taken, course);

    /// <summary>How like two courses are by what their definitions say, 0 to 1.</summary>
    public double LikenessOf(int one, int other) => _likeness.Between(one, other);

    /// <summary>The number of a course, which it gets when it is new; -1 for one that there is no room for.</summary>
    internal int NumberOf(CourseId course)
    {
        var hash = TasteRules.HashOf(course);
        if (_numbers.TryGetValue(hash, out var number))
        {
            return number;
        }

        if (Known.Count >= policy.CoursesMax)
        {
            return -1;
        }

        Known.Add(new(course));
        Model.Grow(Known.Count);
        Lifts.Grow(Known.Count);
        _numbers.Add(hash, Known.Count - 1);
        return Known.Count - 1;
    }

    /// <summary>Takes a definition in.</summary>
    internal void Learn(int number, CourseFact fact)
    {
        Known[number].Learn(fact);
        if (fact.IsPromoted)
        {
            _promoted.Add(number);
        }
        else
        {
            _promoted.Remove(number);
        }

        _likeness.Set(number, CourseTerms.Of(fact.Title, fact.Tags));
        _newest.Remove(number);
        _newest.Add(number);
        if (_newest.Count > ColdCourses.NewestMax)
        {
            _newest.RemoveAt(0);
        }
    }

    // A course that stands no more in the row, of a learner who took twenty later ones, is left out: what it was taken after is not known any more.
    private void CountCompletions(TasteRow row, int counted, ReadOnlySpan<int> taken)
    {
        for (var i = Math.Max(0, counted - (row.CompletedTotal - row.Completed.Count)); i < row.Completed.Count; i++)
        {
            if (_numbers.TryGetValue(TasteRules.HashOf(row.Completed[i]), out var number) && taken.IndexOf(number) is var place and >= 0)
            {
                Lifts.CountCompleted(taken[..place], number);
                Revision++;
            }
        }
    }

    private RankedCourse[] Rerank(int[] taken, RankedCourse[] ranked, int limit)
    {
        var gains = new double[ranked.Length];
        for (var i = 0; i < gains.Length; i++)
        {
            gains[i] = Lifts.GainOf(taken, ranked[i].Course);
        }

        return RerankRules.Rerank(ranked, gains, _likeness.Between, limit, policy);
    }

    // A release before this one passed on no end: the same version may say more than what is known.
    private static bool IsNews(CourseFact fact, CourseFact known) => fact.Version > known.Version || (fact.Version == known.Version && known.EndsAtMs is null && fact.EndsAtMs is not null);

    private float TotalTaken => Known.Sum(course => course.Taken + TakenAtFirst);

    private float LogPopularityOf(int number, float total) => MathF.Log((Known[number].Taken + TakenAtFirst) / total);

    // Without a history: what all take, first courses among them, of which the model of the next course knows nothing.
    private void RankPopular(Func<int, bool> isListed, float total, scoped ref BestCourses best, Span<float> scores)
    {
        for (var number = 0; number < Known.Count; number++)
        {
            var taken = Known[number].Taken + TakenAtFirst;
            if (best.IsWanted(number, taken) && isListed(number))
            {
                best.Offer(number, taken);
            }
        }

        // The most taken are the likeliest: only they need a logarithm.
        foreach (ref var score in scores[..best.Count])
        {
            score = MathF.Log(score / total);
        }
    }

    private RankedCourse Explained(int[] taken, int course, float score, Dictionary<int, (float Score, int Because)> cold)
    {
        var (because, says) = StrongestOf(taken, course);
        if (says > 0)
        {
            return new(course, score, RecommendationReason.OftenTakenAfter, because);
        }

        return cold.TryGetValue(course, out var about) && Known[course].Taken < TakenAtFirst
            ? new(course, score, about.Because < 0 ? RecommendationReason.New : RecommendationReason.NewAndSimilar, about.Because)
            : new(course, score, RecommendationReason.Popular, -1);
    }

    private (int Because, float Says) StrongestOf(int[] taken, int course)
    {
        var strongest = (Because: -1, Says: 0f);
        for (var place = 0; place < taken.Length; place++)
        {
            var says = Model.SaysFor(taken[^(place + 1)], place, course);
            strongest = says > strongest.Says ? (taken[^(place + 1)], says) : strongest;
        }

        return strongest;
    }

    /// <summary>A course.</summary>
    internal sealed class KnownCourse(CourseId id)
    {
        /// <summary>Its id.</summary>
        public CourseId Id { get; } = id;

        /// <summary>How often it was taken, faded.</summary>
        public float Taken { get; set; }

        /// <summary>What its definition says; null while it is not told.</summary>
        public CourseFact? Fact { get; private set; }

        private ulong[] Prerequisites { get; set; } = [];

        /// <summary>Takes in what its definition says.</summary>
        public void Learn(CourseFact fact) => (Fact, Prerequisites) = (fact, [.. fact.Prerequisites.Select(id => TasteRules.HashOf(new(id)))]);

        /// <summary>Whether it may be recommended to who has completed some courses.</summary>
        public bool IsOpen(long nowMs, HashSet<ulong> completed, RecommendationPolicy policy) =>
            (Fact is null ? policy.ListsUndefined : !(Fact.EndsAtMs <= nowMs)) && Prerequisites.All(completed.Contains);
    }
}
