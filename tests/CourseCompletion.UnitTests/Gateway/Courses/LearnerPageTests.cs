using System.Buffers.Text;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Courses;
using CourseCompletion.Grains.Abstractions.Courses;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Courses;

public class LearnerPageTests
{
    private static readonly LearnerPage _first = new("c1", RosterOrder.ProbabilityAscending, 0, 1);

    private static readonly Gen<RosterEntry> _entries = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1000], (value, learner) => Entry($"l{learner}", value / 5.0));

    // A list that differs in anything but the place.
    public static TheoryData<string> OtherLists => ["course", "order", "min", "max"];

    [Fact]
    public void From_TokenAfterAnEntry_IsThePlaceBehindIt() =>
        Gen.Select(_entries, Gen.String[1, 40]).Sample((entry, learner) =>
        {
            var last = entry with { Learner = learner.Replace("\ud800", "x", StringComparison.Ordinal) };
            if (!last.Learner.IsNormalized(System.Text.NormalizationForm.FormC) || last.Learner.Any(char.IsSurrogate))
            {
                return;
            }

            Assert.Equal(_first with { AfterValue = last.OrderValue, AfterLearner = last.Learner }, _first.From(_first.TokenAfter(last)));
        });

    [Theory]
    [MemberData(nameof(OtherLists))]
    public void From_TokenOfAnotherList_IsNull(string difference)
    {
        var other = difference switch
        {
            "course" => _first with { CourseId = "c2" },
            "order" => _first with { Order = RosterOrder.ProgressAscending },
            "min" => _first with { ProbabilityMin = 0.1 },
            _ => _first with { ProbabilityMax = 0.9 },
        };

        Assert.Null(_first.From(other.TokenAfter(Entry("l1", 0.5))));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("")]
    [InlineData("AA")]
    public void From_NoToken_IsNull(string token) => Assert.Null(_first.From(token));

    [Fact]
    public void From_TokenOfAnotherLayout_IsNull()
    {
        var bytes = Base64Url.DecodeFromChars(_first.TokenAfter(Entry("l1", 0.5)));
        bytes[0]++;

        Assert.Null(_first.From(Base64Url.EncodeToString(bytes)));
    }

    // Reading page by page over shards gives what sorting everything gives.
    [Theory]
    [InlineData((int)RosterOrder.ProbabilityAscending)]
    [InlineData((int)RosterOrder.LastActivityDescending)]
    public void Merge_PageByPage_GivesEveryLearnerOnceInOrder(int order) =>
        Gen.Select(_entries.Array[0, 60], Gen.Int[1, 4], Gen.Int[1, 20]).Sample((entries, shardCount, limit) =>
        {
            var list = _first with { Order = (RosterOrder)order };
            var all = entries.DistinctBy(entry => entry.Learner).ToArray();
            var read = new List<RosterEntry>();
            var page = list;
            while (true)
            {
                var shards = Enumerable.Range(0, shardCount).Select(shard => Shard(all, shard, shardCount, page.Query(limit))).ToArray();
                var entriesOfPage = page.Merge(shards, limit);
                read.AddRange(entriesOfPage);
                if (entriesOfPage.Length < limit)
                {
                    break;
                }

                page = list.From(page.TokenAfter(entriesOfPage[^1]))!;
            }

            Assert.Equal(Sorted(all, (RosterOrder)order), read);
        });

    private static RosterEntry[] Shard(RosterEntry[] all, int shard, int shardCount, RosterQuery query)
    {
        var rows = Sorted([.. all.Where((_, index) => index % shardCount == shard)], query.Order).ToList();
        if (query.AfterLearner is not null)
        {
            var here = Sorted([.. rows, Entry(query.AfterLearner, query.AfterValue)], query.Order).ToList();
            rows = [.. here.Skip(here.FindLastIndex(entry => entry.Learner == query.AfterLearner) + 1)];
        }

        return [.. rows.Take(query.Limit)];
    }

    private static IEnumerable<RosterEntry> Sorted(RosterEntry[] entries, RosterOrder order) =>
        (order == RosterOrder.LastActivityDescending ? entries.OrderByDescending(entry => entry.OrderValue) : entries.OrderBy(entry => entry.OrderValue))
        .ThenBy(entry => entry.Learner, StringComparer.Ordinal);

    private static RosterEntry Entry(string learner, double value) => new(learner, EnrolmentStatus.Active, 0.5f, 0, 0, 0, value, CompletionBand.OnTrack, 0.5f);
}
