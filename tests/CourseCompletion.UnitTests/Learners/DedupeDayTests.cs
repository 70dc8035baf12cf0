using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class DedupeDayTests
{
    private const int Ids = 60;

    private enum Step
    {
        Remember,
        Load,
        Seal,
        Unload,
    }

    // Few different identities, so that steps often meet one that is there already; and enough of them for the index to begin and to grow.
    private static readonly Gen<(Step Step, UInt128[] Identities)[]> _steps = Gen.Select(
        Gen.Frequency<Step>((12, Gen.Const(Step.Remember)), (2, Gen.Const(Step.Load)), (2, Gen.Const(Step.Seal)), (1, Gen.Const(Step.Unload))),
        Gen.OneOf(Identity(Ids).Array[1], Identity(Ids).Array[0, 40])).Array[0, 60];

    [Fact]
    public void AnySteps_OnAFreshOrARestoredDay_AgreeWithAHashSetAndAList() => Gen.Select(_steps, Gen.Int[0, 3]).Sample((steps, sealedCount) =>
    {
        var day = new DedupeDay(7, sealedCount);
        var (known, unsealed, count, isLoaded) = (new HashSet<UInt128>(), new List<UInt128>(), sealedCount, sealedCount == 0);
        foreach (var (step, identities) in steps)
        {
            switch (step)
            {
                case Step.Remember:
                    day.Remember(identities.FirstOrDefault());
                    known.Add(identities.FirstOrDefault());
                    unsealed.Add(identities.FirstOrDefault());
                    count++;
                    break;
                case Step.Load:
                    day.Load(identities);
                    known.UnionWith(identities);
                    isLoaded = true;
                    break;
                case Step.Seal:
                    day.MarkSealed();
                    unsealed.Clear();
                    break;
                case Step.Unload when unsealed.Count == 0:
                    day.Unload();
                    known.Clear();
                    isLoaded = count == 0;
                    break;
                case Step.Unload:
                    day.Unload();
                    break;
            }

            Assert.Equal((count, isLoaded), (day.Count, day.IsLoaded));
            Assert.Equal(unsealed, day.Unsealed.ToArray());
            Assert.Equal(known.Order(), Enumerable.Range(0, Ids).Select(IdentityOf).Where(day.Contains).Order());
        }
    });

    [Fact]
    public void Remember_AHundredThousand_FindsEachAndNoOther()
    {
        var day = new DedupeDay(7);
        for (var i = 0; i < 100_000; i++)
        {
            day.Remember(IdentityOf(i));
        }

        Assert.All(Enumerable.Range(0, 100_000), i => Assert.True(day.Contains(IdentityOf(i))));
        Assert.All(Enumerable.Range(100_000, 1_000), i => Assert.False(day.Contains(IdentityOf(i))));
    }

    private static Gen<UInt128> Identity(int below) => Gen.Int[0, below - 1].Select(IdentityOf);

    // Both halves count: neighbours share one of them.
    private static UInt128 IdentityOf(int i) => new((ulong)i >> 1, (ulong)i & 1);
}
