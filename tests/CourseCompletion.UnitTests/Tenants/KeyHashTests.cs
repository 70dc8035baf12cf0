using CourseCompletion.Domain.Tenants;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Tenants;

public class KeyHashTests
{
    // Learners live in the partition that this hash gave them: another value would lose them.
    [Theory]
    [InlineData("", 3_244_421_341_483_603_138)]
    [InlineData("default/ada", 10_464_868_467_726_003_551)]
    [InlineData("文学 / 😀", 13_916_227_072_959_818_100)]
    public void Of_FixedKeys_NeverChanges(string key, ulong hash) => Assert.Equal(hash, KeyHash.Of(key));

    [Fact]
    public void Bucket_AnyKey_IsOneOfTheCount() => Gen.Select(LearnerEventGen.Id, Gen.Int[1, int.MaxValue]).Sample((key, count) =>
    {
        Assert.InRange(KeyHash.Bucket(key, count), 0, count - 1);
        Assert.Equal((int)(KeyHash.Of(key) % (ulong)count), KeyHash.Bucket(new string(key), count));
    });

    [Fact]
    public void Default_Tenant_IsNamedDefault() => Assert.Equal("default", TenantId.Default.ToString());
}
