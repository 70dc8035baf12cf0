using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>The answers to "how likely are you to recommend this course?", 0 to 10, as Reichheld (2003) groups them.</summary>
/// <param name="Promoters">Learners who answered 9 or 10.</param>
/// <param name="Passives">Learners who answered 7 or 8.</param>
/// <param name="Detractors">Learners who answered 0 to 6.</param>
public readonly record struct NetPromoter(long Promoters, long Passives, long Detractors)
{
    /// <summary>What a rating is about when it answers the question: no object of a producer has this id.</summary>
    public const string ObjectId = "coursecompletion:recommend";

    /// <summary>The highest answer.</summary>
    public const int AnswerMax = 10;

    private const int PromoterMilliMin = 8_500;
    private const int PassiveMilliMin = 6_500;
    private const double Z95 = 1.959963984540054;

    /// <summary>How many answered.</summary>
    public long Answers => Promoters + Passives + Detractors;

    /// <summary>The share of promoters less that of detractors, -100 to 100; 0 without answers.</summary>
    public double Score => Answers == 0 ? 0 : 100.0 * (Promoters - Detractors) / Answers;

    /// <summary>By how much the score of many such courses' learners may differ from <see cref="Score"/>: half of the 95 % interval, from the variance of an answer worth 1, 0 or -1; 100 with fewer than 2 answers.</summary>
    public double Margin
    {
        get
        {
            if (Answers < 2)
            {
                return 100;
            }

            var mean = Score / 100;
            var variance = ((double)(Promoters + Detractors) / Answers) - (mean * mean);
            return Math.Min(100, 100 * Z95 * Math.Sqrt(Math.Max(0, variance) / (Answers - 1)));
        }
    }

    /// <summary>One answer, in thousandths; fractions count with the nearest whole answer.</summary>
    internal static NetPromoter Of(int milli) => milli >= PromoterMilliMin ? new(1, 0, 0) : milli >= PassiveMilliMin ? new(0, 1, 0) : new(0, 0, 1);

    internal NetPromoter Plus(in NetPromoter other, int times) =>
        new(Promoters + (times * other.Promoters), Passives + (times * other.Passives), Detractors + (times * other.Detractors));

    internal void Write(PayloadWriter to)
    {
        to.Int(Promoters);
        to.Int(Passives);
        to.Int(Detractors);
    }

    internal static NetPromoter Read(ref PayloadReader from) => new(from.Int(), from.Int(), from.Int());
}
