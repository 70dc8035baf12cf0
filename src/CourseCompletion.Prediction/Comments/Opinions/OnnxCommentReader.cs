using CourseCompletion.Domain.Comments.Opinions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace CourseCompletion.Prediction.Comments.Opinions;

/// <summary>Reads sentiment with a transformer: any sequence classifier with a WordPiece vocabulary whose classes go from discontent to content.</summary>
/// <remarks>
/// <para>
/// Inputs are those of BERT (Devlin et al. 2019): <c>input_ids</c>, and <c>attention_mask</c> and <c>token_type_ids</c> where the model has them. The first output has one logit for content, or one a class;
/// of n classes the k-th, from 0, counts k / (n - 1), so that one to five stars become a probability as well.
/// </para>
/// <para>One reading at a time; it takes one processor for some milliseconds to some hundred, by the model.</para>
/// </remarks>
public sealed class OnnxCommentReader : ISecondCommentReader, IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Segments = "token_type_ids";

    private readonly BertTokenizer _tokenizer;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly int _tokensMax;

    private OnnxCommentReader(BertTokenizer tokenizer, InferenceSession session, SecondOpinionOptions options)
    {
        (_tokenizer, _session, _tokensMax, MarginPercent) = (tokenizer, session, options.TokensMax, options.MarginPercent);
        _inputs = [.. session.InputMetadata.Keys];
        _outputs = [session.OutputNames[0]];
    }

    /// <inheritdoc/>
    public int MarginPercent { get; }

    /// <summary>Loads a model and its vocabulary, and has it read something.</summary>
    internal static OnnxCommentReader Open(SecondOpinionOptions options)
    {
        // Not left to the libraries, whose errors do not say which of the two files it is.
        var model = File.ReadAllBytes(options.ModelFile!);
        using var vocabulary = File.OpenRead(options.VocabularyFile!);
        BertTokenizer tokenizer;
        try
        {
            tokenizer = BertTokenizer.Create(vocabulary, new() { LowerCaseBeforeTokenization = options.LowerCase });
        }
        catch (Exception error) when (error is not IOException)
        {
            throw SecondOpinionOptions.Refused($"'{options.VocabularyFile}' is no WordPiece vocabulary: {error.Message}");
        }

        // Comments are read beside the grains: one processor is all it gets.
        using var session = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        OnnxCommentReader reader;
        try
        {
            reader = new(tokenizer, new(model, session), options);
        }
        catch (Exception error) when (error is OnnxRuntimeException or TypeInitializationException or DllNotFoundException)
        {
            throw SecondOpinionOptions.Refused($"'{options.ModelFile}' cannot be loaded: {error.Message}");
        }

        try
        {
            reader.Check();
            return reader;
        }
        catch (Exception error)
        {
            reader.Dispose();
            throw SecondOpinionOptions.Refused($"'{options.ModelFile}' is no classifier of texts: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public double ReadPositive(string text)
    {
        var tokens = _tokenizer.EncodeToIds(text, _tokensMax, out _, out _);
        var ids = new long[tokens.Count];
        var mask = new long[tokens.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            (ids[i], mask[i]) = (tokens[i], 1);
        }

        long[] shape = [1, ids.Length];
        var values = new List<OrtValue>(_inputs.Length);
        try
        {
            foreach (var input in _inputs)
            {
                values.Add(OrtValue.CreateTensorValueFromMemory(input switch { Ids => ids, Mask => mask, _ => new long[ids.Length] }, shape));
            }

            using var answer = _session.Run(_run, _inputs, values, _outputs);
            return PositiveOf(answer[0].GetTensorDataAsSpan<float>());
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    // The mean class of the softmax, or the logistic of a single logit.
    private static double PositiveOf(ReadOnlySpan<float> logits)
    {
        if (logits.Length == 1)
        {
            return 1 / (1 + Math.Exp(-logits[0]));
        }

        var (sum, mean, highest) = (0.0, 0.0, float.NegativeInfinity);
        foreach (var logit in logits)
        {
            highest = Math.Max(highest, logit);
        }

        for (var k = 0; k < logits.Length; k++)
        {
            var weight = Math.Exp(logits[k] - highest);
            (sum, mean) = (sum + weight, mean + (weight * k / (logits.Length - 1)));
        }

        return mean / sum;
    }

    private void Check()
    {
        if (!_inputs.Contains(Ids) || Array.Exists(_inputs, input => input is not (Ids or Mask or Segments) || _session.InputMetadata[input].ElementType != typeof(long)))
        {
            throw new InvalidDataException($"its inputs must be {Ids}, {Mask} and {Segments}, or some of them, of 64-bit integers; they are {string.Join(", ", _inputs)}.");
        }

        if (_session.OutputMetadata[_outputs[0]] is not { ElementType: { } type, Dimensions: { Length: 2 } } || type != typeof(float))
        {
            throw new InvalidDataException($"its first output, {_outputs[0]}, must be the classes' logits, in two dimensions.");
        }

        if (!double.IsFinite(ReadPositive("ok")))
        {
            throw new InvalidDataException("what it answers is no number.");
        }
    }
}
