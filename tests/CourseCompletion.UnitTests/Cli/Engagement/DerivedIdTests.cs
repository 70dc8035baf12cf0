using CourseCompletion.Cli.Engagement;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Engagement;

public sealed class DerivedIdTests
{
    [Fact]
    public void Of_SameName_GivesTheSameVersion5Id()
    {
        var id = Guid.Parse(DerivedId.Of("row 1"));

        Assert.Equal(id, Guid.Parse(DerivedId.Of("row 1")));
        Assert.NotEqual(id, Guid.Parse(DerivedId.Of("row 2")));
        Assert.Equal(5, id.Version);
        Assert.Equal(0b10, id.Variant >> 2);
    }

    // Ids are stored by servers: another value here means that every replay sends its events anew.
    [Fact]
    public void Of_KnownName_NeverChanges() => Assert.Equal("3a44f933-f554-578c-8f5a-80a038967b80", DerivedId.Of("kddlog/2/1,2,3"));
}
