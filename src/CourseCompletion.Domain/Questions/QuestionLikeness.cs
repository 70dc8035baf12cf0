using System.Globalization;

namespace CourseCompletion.Domain.Questions;

/// <summary>Which questions of a course are about the same, by their words.</summary>
/// <remarks>
/// <para>
/// Dice's coefficient (Ecology 26, 1945) over terms, each weighted by the square of how rare it is among the questions (Sparck Jones, Journal of Documentation 28, 1972), as in the product of two such vectors, so that "what" and
/// "why" say little. A term is a word in lower case; in scripts that write no blanks between words, and in others without upper case, each pair of neighbouring letters.
/// </para>
/// <para>Only the first <see cref="TermsMax"/> terms of a question count, so that a long one costs no more.</para>
/// </remarks>
public sealed class QuestionLikeness
{
    /// <summary>How many terms of a question count.</summary>
    public const int TermsMax = 64;

    private readonly Dictionary<QuestionId, HashSet<string>> _terms = [];
    private readonly Dictionary<string, List<QuestionId>> _questions = new(StringComparer.Ordinal);

    /// <summary>Reads the questions of a course.</summary>
    public QuestionLikeness(IEnumerable<QuestionState> questions)
    {
        foreach (var question in questions)
        {
            var terms = TermsOf(question.Text);
            _terms[question.Id] = terms;
            foreach (var term in terms)
            {
                (_questions.TryGetValue(term, out var known) ? known : _questions[term] = []).Add(question.Id);
            }
        }
    }

    /// <summary>The questions that are at least so similar to one of them, itself left out.</summary>
    /// <param name="question">One of the questions.</param>
    /// <param name="min">From 0, nothing in common, to 1, the same words; above 0.</param>
    public IEnumerable<QuestionId> SimilarTo(QuestionState question, double min)
    {
        var common = new Dictionary<QuestionId, double>();
        foreach (var term in _terms[question.Id])
        {
            foreach (var other in _questions[term])
            {
                common[other] = common.GetValueOrDefault(other) + WeightOf(term);
            }
        }

        var own = WeightOf(_terms[question.Id]);
        return common.Where(other => other.Key != question.Id && 2 * other.Value >= min * (own + WeightOf(_terms[other.Key]))).Select(other => other.Key);
    }

    private double WeightOf(IEnumerable<string> terms) => terms.Sum(WeightOf);

    private double WeightOf(string term)
    {
        var rarity = Math.Log(1 + ((double)_terms.Count / _questions[term].Count));
        return rarity * rarity;
    }

    private static HashSet<string> TermsOf(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length && terms.Count < TermsMax;)
        {
            var end = at;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end > at)
            {
                Add(terms, text[at..end]);
            }

            at = end + 1;
        }

        return terms;
    }

    private static void Add(HashSet<string> terms, string word)
    {
        if (word.Length < 2 || !word.Any(letter => char.GetUnicodeCategory(letter) == UnicodeCategory.OtherLetter))
        {
            terms.Add(word.ToLowerInvariant());
            return;
        }

        for (var i = 0; i + 1 < word.Length && terms.Count < TermsMax; i++)
        {
            terms.Add(word.Substring(i, 2));
        }
    }
}
