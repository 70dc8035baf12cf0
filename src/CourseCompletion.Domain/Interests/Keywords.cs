namespace CourseCompletion.Domain.Interests;

/// <summary>Which terms tell some documents apart: BM25's weights (Robertson and Zaragoza, Foundations and Trends in Information Retrieval 3, 2009) of each document's own terms.</summary>
public sealed class Keywords
{
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;

    private readonly IReadOnlyList<IReadOnlyList<string>> _documents;
    private readonly Dictionary<string, int> _documentsWith = new(StringComparer.Ordinal);
    private readonly double _meanLength;

    /// <summary>Counts the terms of some documents.</summary>
    public Keywords(IReadOnlyList<IReadOnlyList<string>> documents)
    {
        _documents = documents;
        _meanLength = documents.Count == 0 ? 1 : Math.Max(1, documents.Average(document => document.Count));
        foreach (var term in documents.SelectMany(document => document.Distinct(StringComparer.Ordinal)))
        {
            _documentsWith[term] = _documentsWith.GetValueOrDefault(term) + 1;
        }
    }

    /// <summary>In how many documents a term is.</summary>
    public int DocumentsWith(string term) => _documentsWith.GetValueOrDefault(term);

    /// <summary>How much a term says about a document when it is in it so often; above 0.</summary>
    public double WeightOf(string term, int times, int documentLength)
    {
        var with = DocumentsWith(term);
        var rarity = Math.Log(1 + ((_documents.Count - with + 0.5) / (with + 0.5)));
        return rarity * times * (Saturation + 1) / (times + (Saturation * (1 - LengthShare + (LengthShare * documentLength / _meanLength))));
    }

    /// <summary>A document's terms with their weights, the heaviest first; equal ones in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Of(int document) =>
    [
        .. _documents[document].GroupBy(term => term, StringComparer.Ordinal)
            .Select(term => KeyValuePair.Create(term.Key, WeightOf(term.Key, term.Count(), _documents[document].Count)))
            .OrderByDescending(term => term.Value)
            .ThenBy(term => term.Key, StringComparer.Ordinal),
    ];
}
