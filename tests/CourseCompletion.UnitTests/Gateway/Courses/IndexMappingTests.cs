using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Gateway.Courses;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Courses;

public class IndexMappingTests
{
    private static readonly IndexReading _reading =
        new IndexFit().Read("algebra", IndexPriors.Default.Shrink(new(new(1, 10), new(1, 20), new(2, 10))), 0.5, isRandomised: false);

    [Fact]
    public void ToWire_OriginatingExample_SumsTo0035()
    {
        var wire = IndexMapping.ToWire(new("algebra", _reading, 0.5, 3, 12, 1_000));

        Assert.Equal(0.035, wire.Sum, 12);
        Assert.Equal((1, 10, 0.25), (wire.Recommended.Count, wire.Recommended.Of, wire.MeanCompletionProbability));
        Assert.Equal((_reading.Index.Low, _reading.Full.Probability.High), (wire.Index.Low, wire.Probability.High));
    }

    [Fact]
    public void ToWire_EveryTermAndLabel_HasAValueOfItsOwn()
    {
        var terms = Enum.GetValues<IndexTerm>().Where(term => term != IndexTerm.Base).ToArray();
        var contributions = terms.Select((term, i) => new TermContribution(term, new(i, i - 1, i + 1), (TermLabel)(i % 3))).ToArray();

        var wire = IndexMapping.ToWire(new("algebra", _reading with { Full = _reading.Full with { Contributions = contributions } }, 0.5, 0, 0, 1_000));

        Assert.Equal(Enum.GetValues<Wire.IndexTerm>().Where(term => term != Wire.IndexTerm.Unspecified), wire.Contributions.Select(contribution => contribution.Term));
        Assert.Equal(
            [Wire.IndexLabel.NotIdentified, Wire.IndexLabel.Association, Wire.IndexLabel.Effect],
            wire.Contributions.Take(3).Select(contribution => contribution.Label));
        Assert.Equal((0, 5, 4, 6), (wire.MeanCompletionProbability, wire.Contributions[5].Logit.Value, wire.Contributions[5].Logit.Low, wire.Contributions[5].Logit.High));
    }

    [Fact]
    public void Decode_Reading_IsWhatWasEncoded()
    {
        var decoded = IndexReadingCodec.Decode(IndexReadingCodec.Encode(_reading));

        Assert.Equal(_reading.Full.Contributions, decoded.Full.Contributions);
        Assert.Equal(_reading with { Full = decoded.Full }, decoded);
        Assert.Equal((_reading.Full.Probability, _reading.Full.Base), (decoded.Full.Probability, decoded.Full.Base));
    }
}
