using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>How what a learner took travels between silos: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.taste-row")]
internal struct TasteRowSurrogate
{
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts rows of what learners took.</summary>
[RegisterConverter]
internal sealed class TasteRowConverter : IConverter<TasteRow, TasteRowSurrogate>
{
    public TasteRow ConvertFromSurrogate(in TasteRowSurrogate surrogate) => RecommenderCodec.DecodeRow(surrogate.Payload);

    public TasteRowSurrogate ConvertToSurrogate(in TasteRow value) => new() { Payload = RecommenderCodec.Encode(value) };
}

/// <summary>How what a definition says travels between silos: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.course-fact")]
internal struct CourseFactSurrogate
{
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts what definitions say.</summary>
[RegisterConverter]
internal sealed class CourseFactConverter : IConverter<CourseFact, CourseFactSurrogate>
{
    public CourseFact ConvertFromSurrogate(in CourseFactSurrogate surrogate) => RecommenderCodec.DecodeFact(surrogate.Payload);

    public CourseFactSurrogate ConvertToSurrogate(in CourseFact value) => new() { Payload = RecommenderCodec.Encode(value) };
}

/// <summary>How a question travels between silos.</summary>
[GenerateSerializer, Alias("cc.recommendation-query")]
internal struct RecommendationQuerySurrogate
{
    [Id(0)]
    public ulong LearnerHash { get; set; }

    [Id(1)]
    public long NowMs { get; set; }

    [Id(2)]
    public int Limit { get; set; }

    [Id(3)]
    public ulong[] Taken { get; set; }

    [Id(4)]
    public ulong[] NotWanted { get; set; }

    [Id(5)]
    public ulong[] Completed { get; set; }

    [Id(6)]
    public bool IsAtRisk { get; set; }
}

/// <summary>Converts questions.</summary>
[RegisterConverter]
internal sealed class RecommendationQueryConverter : IConverter<RecommendationQuery, RecommendationQuerySurrogate>
{
    public RecommendationQuery ConvertFromSurrogate(in RecommendationQuerySurrogate surrogate) =>
        new(surrogate.LearnerHash, surrogate.NowMs, surrogate.Limit, surrogate.Taken, surrogate.NotWanted) { Completed = surrogate.Completed ?? [], IsAtRisk = surrogate.IsAtRisk };

    public RecommendationQuerySurrogate ConvertToSurrogate(in RecommendationQuery value) => new()
    {
        LearnerHash = value.LearnerHash,
        NowMs = value.NowMs,
        Limit = value.Limit,
        Taken = [.. value.Taken],
        NotWanted = [.. value.NotWanted],
        Completed = [.. value.Completed],
        IsAtRisk = value.IsAtRisk,
    };
}
