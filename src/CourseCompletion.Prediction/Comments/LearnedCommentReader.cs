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
            P(logits[(int)CommentHead.Confusion]),
            P(logits[(int)CommentHead.Urgency]),
            P(logits[(int)CommentHead.Spam]),
            new(
                P(logits[(int)CommentHead.Content]),
                P(logits[(int)CommentHead.Pace]),
                P(logits[(int)CommentHead.AudioVideo]),
                P(logits[(int)CommentHead.Teacher]),
                P(logits[(int)CommentHead.Assessment]),
                P(logits[(int)CommentHead.Platform]),
                P(logits[(int)CommentHead.Price])));
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

        var weights = model.Sentiment;
        var learned = 0L;
        foreach (var feature in features)
        {
            learned += weights[CommentModel.BucketOf(feature)];
            if (model.Seeds.RowOf(feature) is >= 0 and var row)
            {
                Add(model.Seeds[row], logits);
            }
        }

        if (model.Learned(language))
        {
            logits[(int)CommentHead.Sentiment] = Sentiment(text, language, learned, features.Length);
        }
        else if (language == CommentLanguage.English)
        {
            logits[(int)CommentHead.Sentiment] = VaderLogits * (float)VaderRules.Compound(text);
        }

        AdaptationRules.Add(Known(adaptation), features, model.Seeds, logits);
    }

    private float Sentiment(ReadOnlySpan<char> text, CommentLanguage language, long learned, int featureCount)
    {
        var logit = model.Biases[(int)CommentHead.Sentiment] + (model.SentimentScale * learned * AdaptationRules.ValueOf(featureCount));
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

    private static float P(float logit) => (float)PortableMath.Logistic(logit);
}
