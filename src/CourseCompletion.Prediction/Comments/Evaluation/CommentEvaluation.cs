using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments.Training;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Comments.Evaluation;

/// <summary>Trains on labelled comments and reads others with what was learned, exactly as a server would.</summary>
/// <param name="progress">Told how far it is.</param>
/// <param name="cancellationToken">Stops between two passes of a training, and between two readings.</param>
public sealed class CommentEvaluation(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
{
    // The runtime compiles what is hot anew only once nothing else was compiled for a tenth of a second.
    private static readonly TimeSpan _warmUp = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads each comment with a model that was trained on the other folds.</summary>
    /// <param name="comments">Comments without repeats.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="seed">Which of the ways to deal them; the same one gives the same readings.</param>
    public IReadOnlyList<ScoredComment> CrossValidate(IReadOnlyList<LabelledComment> comments, int folds, long seed)
    {
        var fold = CommentFolds.Deal(comments, folds, seed);
        var rows = CommentRows.Of(comments, progress, cancellationToken);
        var scored = new ScoredComment[comments.Count];
        for (var part = 0; part < folds; part++)
        {
            var others = Enumerable.Range(0, fold.Length).Where(i => fold[i] != part).ToArray();
            var reader = ReaderOf(rows, others, $"fold {part + 1} of {folds}");
            for (var i = 0; i < fold.Length; i++)
            {
                if (fold[i] == part)
                {
                    scored[i] = Read(reader, comments[i]);
                }
            }
        }

        return scored;
    }

    /// <summary>Reads comments with a model that was trained on others.</summary>
    /// <param name="trained">The comments to train on, without repeats.</param>
    /// <param name="tested">The comments to read, none of which is among them.</param>
    public IReadOnlyList<ScoredComment> TrainAndTest(IReadOnlyList<LabelledComment> trained, IReadOnlyList<LabelledComment> tested)
    {
        var reader = ReaderOf(CommentRows.Of(trained, progress, cancellationToken), [.. Enumerable.Range(0, trained.Count)], "training");
        return [.. tested.Select(comment => Read(reader, comment))];
    }

    private LearnedCommentReader ReaderOf(CommentRows rows, int[] chosen, string stage)
    {
        var reader = new LearnedCommentReader(CommentTrainer.Train(rows, chosen, new("evaluated", "the comments of the other folds"), progress, stage, cancellationToken));
        // Readings are timed: the first ones also compile the code.
        var begun = TimeProvider.System.GetTimestamp();
        for (var i = 0; TimeProvider.System.GetElapsedTime(begun) < _warmUp; i++)
        {
            reader.Read(rows.Comments[chosen[i % chosen.Length]].Text, CommentAdaptation.None);
        }

        return reader;
    }

    private ScoredComment Read(LearnedCommentReader reader, LabelledComment comment)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var begun = TimeProvider.System.GetTimestamp();
        var reading = reader.Read(comment.Text, CommentAdaptation.None);
        var took = TimeProvider.System.GetElapsedTime(begun);
        return new(comment, reading.Language == CommentLanguage.English, reading.Positive, took);
    }
}
