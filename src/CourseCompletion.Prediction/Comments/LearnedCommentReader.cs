using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Comments.Vader;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Reads comments with a model.</summary>
/// <remarks>Thread-safe. Sentiment is summed in whole numbers, so that it is the same bit for bit on every machine.</remarks>
public sealed class LearnedCommentReader(CommentModel model) : ICommentReader
{
    // VADER's score in logits, for models that learned no English: -1 to 1 then means a probability of 0.02 to 0.98.
    private const float VaderLogits = 4;

    [ThreadStatic]
    private static CommentScratch? _scratch;

    // What most questions are answered with: nothing speaks for a yes.
    private readonly float[] _unmoved = [.. model.Biases.Select(P)];

    /// <summary>The model.</summary>
    public CommentModel Model => model;

    /// <inheritdoc/>
    public string ModelName => model.Name;

    /// <inheritdoc/>
    public string LearnedFrom => model.LearnedFrom;

    /// <inheritdoc/>
    public CommentReading Read(ReadOnlySpan<char> text, CommentAdaptation adaptation)
    {
        var scratch = _scratch ??= new();
        var language = scratch.Fill(text);
        Span<float> logits = stackalloc float[CommentHeads.Count];
        Sum(text, language, scratch.Features, adaptation, logits);
        return new(
            language,
            P(logits[(int)CommentHead.Sentiment]),
            Of(CommentHead.Confusion, logits),
            Of(CommentHead.Urgency, logits),
            Of(CommentHead.Spam, logits),
            new(
                Of(CommentHead.Content, logits),
                Of(CommentHead.Pace, logits),
                Of(CommentHead.AudioVideo, logits),
                Of(CommentHead.Teacher, logits),
                Of(CommentHead.Assessment, logits),
                Of(CommentHead.Platform, logits),
                Of(CommentHead.Price, logits)));
    }

    /// <inheritdoc/>
    public CommentAdaptation Learn(CommentAdaptation adaptation, ReadOnlySpan<char> text, CommentLabel label)
    {
        var scratch = _scratch ??= new();
        var language = scratch.Fill(text);
        Span<float> logits = stackalloc float[CommentHeads.Count];
        Sum(text, language, scratch.Features, adaptation, logits);
        return AdaptationRules.Learn(Known(adaptation), scratch.Features, model.Seeds, logits, label);
    }

    private void Sum(ReadOnlySpan<char> text, CommentLanguage language, ReadOnlySpan<uint> features, CommentAdaptation adaptation, Span<float> logits)
    {
        logits[(int)CommentHead.Sentiment] = 0;
        for (var head = (int)CommentHead.Sentiment + 1; head < CommentHeads.Count; head++)
        {
            logits[head] = model.Biases[head];
        }

        var seeds = model.Seeds;
        foreach (var feature in features)
        {
            if (seeds.RowOf(feature) is >= 0 and var row)
            {
                Add(seeds[row], logits);
            }
        }

        if (model.Learned(language))
        {
            logits[(int)CommentHead.Sentiment] = Sentiment(text, language, features);
        }
        else if (language == CommentLanguage.English)
        {
            logits[(int)CommentHead.Sentiment] = VaderLogits * (float)VaderRules.Compound(text);
        }

        AdaptationRules.Add(Known(adaptation), features, model.Seeds, logits);
    }

    private float Sentiment(ReadOnlySpan<char> text, CommentLanguage language, ReadOnlySpan<uint> features)
    {
        // A loop of its own without a branch: the processor then waits for many places of the table at once.
        var weights = model.Sentiment;
        var sum = 0L;
        foreach (var feature in features)
        {
            sum += weights[CommentModel.BucketOf(feature)];
        }

        var logit = model.Biases[(int)CommentHead.Sentiment] + (model.SentimentScale * sum * AdaptationRules.ValueOf(features.Length));
        if (language == CommentLanguage.English)
        {
            Span<float> vader = stackalloc float[VaderFeatures.Count];
            VaderFeatures.Read(text, vader);
            for (var i = 0; i < vader.Length; i++)
            {
                logit += model.Vader[i] * vader[i];
            }
        }

        return logit;
    }

    private static void Add(ReadOnlySpan<float> weights, Span<float> logits)
    {
        for (var head = 0; head < weights.Length; head++)
        {
            logits[head] += weights[head];
        }
    }

    private static CommentAdaptation Known(CommentAdaptation adaptation) => adaptation.FeatureVersion == CommentFeatures.Version ? adaptation : CommentAdaptation.None;

    private float Of(CommentHead head, ReadOnlySpan<float> logits) => logits[(int)head] == model.Biases[(int)head] ? _unmoved[(int)head] : P(logits[(int)head]);

    private static float P(float logit) => (float)PortableMath.Logistic(logit);
}
