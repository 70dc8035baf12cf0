using System.Globalization;
using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Prediction.Comments.Seeds;

/// <summary>The phrases that questions about comments begin with, in Chinese and English. Written for this project; <c>comment-seeds.tsv</c> has them.</summary>
public static class CommentSeeds
{
    private const string Resource = "CourseCompletion.Prediction.Comments.Seeds.comment-seeds.tsv";

    private static readonly string[] _heads = ["sentiment", "confusion", "urgency", "spam", "content", "pace", "audio_video", "teacher", "assessment", "platform", "price"];

    private static readonly Lazy<CommentWeights> _weights = new(() => WeightsOf(Read()));

    /// <summary>What is added whatever the text, one for each <see cref="CommentHead"/>: without a phrase the answer is a clear no, with one strong or two weak ones a likely yes.</summary>
    public static IReadOnlyList<float> Biases { get; } = [0, -3, -3.2f, -4, -2.5f, -3, -3, -2.8f, -3, -2.8f, -3];

    /// <summary>The weights of the phrases' features.</summary>
    public static CommentWeights Weights => _weights.Value;

    /// <summary>The phrases.</summary>
    public static IEnumerable<CommentSeed> Read()
    {
        using var stream = typeof(CommentSeeds).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(stream);
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var fields = line.Split('\t');
            var (head, language) = ((CommentHead)Array.IndexOf(_heads, fields[0]), fields[1] == "zh" ? CommentLanguage.Chinese : CommentLanguage.English);
            var weight = float.Parse(fields[2], CultureInfo.InvariantCulture);
            foreach (var phrase in fields[3].Split('|'))
            {
                yield return new(head, language, phrase, weight);
            }
        }
    }

    private static CommentWeights WeightsOf(IEnumerable<CommentSeed> seeds)
    {
        var rows = new SortedDictionary<uint, float[]>();
        foreach (var seed in seeds)
        {
            var feature = CommentFeatures.OfPhrase(CommentText.Normalise(seed.Phrase), seed.Language);
            if (!rows.TryGetValue(feature, out var weights))
            {
                rows.Add(feature, weights = new float[CommentHeads.Count]);
            }

            weights[(int)seed.Head] += seed.Weight;
        }

        return new([.. rows.Keys], [.. rows.Values.SelectMany(weights => weights)]);
    }
}

/// <summary>A phrase that says something about a comment.</summary>
/// <param name="Head">What it speaks of.</param>
/// <param name="Language">The language of the texts in which it counts.</param>
/// <param name="Phrase">The phrase: at most four characters in Chinese, three words in English.</param>
/// <param name="Weight">What it adds to the logit.</param>
public readonly record struct CommentSeed(CommentHead Head, CommentLanguage Language, string Phrase, float Weight);
