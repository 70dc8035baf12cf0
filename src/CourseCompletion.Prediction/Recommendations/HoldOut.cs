namespace CourseCompletion.Prediction.Recommendations;

/// <summary>Histories to learn from, and for some of their learners what they took afterwards, which nothing learns from.</summary>
/// <param name="Train">What is learned from. Its items are the ones that are ranked.</param>
/// <param name="Relevant">For each learner of <paramref name="Train"/> the items held out, by number; empty for one who is not tested.</param>
/// <param name="Strangers">How many learners of the test have no history to go by; they are left out.</param>
public sealed record HoldOut(ItemHistories Train, IReadOnlyList<int[]> Relevant, int Strangers)
{
    /// <summary>The number of a held-out item that nobody took in training: it cannot be ranked and counts as missed.</summary>
    public const int Unknown = -1;

    /// <summary>How many learners are tested.</summary>
    public int TestedCount => Relevant.Count(items => items.Length > 0);

    /// <summary>How many held-out items are unknown.</summary>
    public int UnknownCount => Relevant.Sum(items => items.Count(item => item == Unknown));

    /// <summary>Learns from one list of learners and tests on another. What a learner has in both counts as history and is not tested.</summary>
    public static HoldOut Of(IEnumerable<LearnerItems> train, IEnumerable<LearnerItems> test)
    {
        var (items, numbers) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var (sequences, learners) = (new List<int[]>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var learner in train.Where(learner => learner.Items.Count > 0))
        {
            learners.Add(learner.Learner, sequences.Count);
            sequences.Add([.. learner.Items.Select(NumberOf)]);
        }

        var relevant = new int[sequences.Count][];
        Array.Fill(relevant, []);
        var strangers = 0;
        foreach (var learner in test.Where(learner => learner.Items.Count > 0))
        {
            if (learners.TryGetValue(learner.Learner, out var number))
            {
                relevant[number] = [.. learner.Items.Select(item => numbers.GetValueOrDefault(item, Unknown)).Where(item => !sequences[number].Contains(item))];
            }
            else
            {
                strangers++;
            }
        }

        return new(new(items, sequences), relevant, strangers);

        int NumberOf(string item)
        {
            if (numbers.TryAdd(item, items.Count))
            {
                items.Add(item);
            }

            return numbers[item];
        }
    }

    /// <summary>Holds out the last item of every learner who took at least <paramref name="itemsMin"/>.</summary>
    public static HoldOut LastItems(IReadOnlyList<LearnerItems> all, int itemsMin) => Of(
        all.Select(learner => learner.Items.Count < itemsMin ? learner : Part(learner, ..^1)),
        all.Where(learner => learner.Items.Count >= itemsMin).Select(learner => Part(learner, ^1..)));

    /// <summary>Learns from what was taken before an instant and tests on what was taken from then on.</summary>
    public static HoldOut After(IReadOnlyList<LearnerItems> all, long atMs) => Of(
        all.Select(learner => Part(learner, ..CountBefore(learner, atMs))),
        all.Select(learner => Part(learner, CountBefore(learner, atMs)..)));

    /// <summary>The instant before which a share of everything was taken.</summary>
    public static long InstantAt(IReadOnlyList<LearnerItems> all, double share)
    {
        var times = all.SelectMany(learner => learner.AtMs).Order().ToArray();
        return times[Math.Min((int)(share * times.Length), times.Length - 1)];
    }

    private static int CountBefore(LearnerItems learner, long atMs) => learner.AtMs.TakeWhile(taken => taken < atMs).Count();

    private static LearnerItems Part(LearnerItems learner, Range range) => learner with
    {
        Items = [.. learner.Items.Take(range)],
        AtMs = [.. learner.AtMs.Take(range)],
    };
}
