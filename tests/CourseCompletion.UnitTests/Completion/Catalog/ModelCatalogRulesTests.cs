using CourseCompletion.Domain.Completion.Catalog;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Catalog;

public class ModelCatalogRulesTests
{
    private const string OfTheRelease = "release-1";

    [Fact]
    public void Promote_OneAfterTheOther_TheLastScores()
    {
        var catalog = Published("a", "b");

        Assert.Equal(("b", 4), (catalog.Champion, catalog.Revision));
        Assert.Equal(["a", "b"], catalog.Models.Select(model => model.Description.Name));
    }

    [Fact]
    public void Rollback_Twice_GoesBackTwoAndThenThereIsNothing()
    {
        var once = ModelCatalogRules.Rollback(Published("a", "b")).Catalog!;
        var twice = ModelCatalogRules.Rollback(once).Catalog!;

        Assert.Equal(("a", null), (once.Champion, twice.Champion));
        Assert.NotNull(ModelCatalogRules.Rollback(twice).Fault);
        Assert.True(ModelCatalog.Empty.Revision < once.Revision && once.Revision < twice.Revision);
    }

    [Fact]
    public void Publish_TheSameFileAgain_ChangesNothing()
    {
        var catalog = Published("a");

        Assert.Same(catalog, ModelCatalogRules.Publish(catalog, Model("a"), false, 9).Catalog);
        Assert.Same(catalog, ModelCatalogRules.Promote(catalog, "a", false, 9).Catalog);
    }

    [Fact]
    public void Publish_NameOfAnotherModel_IsRefused()
    {
        var other = ModelCatalogRules.Publish(Published("a"), Model("a") with { Checksum = 9 }, false, 9);
        var release = ModelCatalogRules.Publish(ModelCatalog.Empty, Model(OfTheRelease), true, 9);

        Assert.Equal(("file", "file"), (other.Fault!.Field, release.Fault!.Field));
        Assert.Contains("another name", other.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    [InlineData("a\nb")]
    [InlineData("a+7")]
    public void Publish_NameThatIsNone_IsRefused(string name) => Assert.Equal("file", ModelCatalogRules.Publish(ModelCatalog.Empty, Model(name), false, 9).Fault!.Field);

    [Fact]
    public void Publish_MoreThanAreKept_DropsTheOldestThatIsNotNeeded()
    {
        var catalog = Published("first", "second");
        catalog = ModelCatalogRules.SetShadow(Add(catalog, "shadow"), "shadow", false, "second").Catalog!;
        for (var i = 0; i < ModelCatalogRules.ModelsMax; i++)
        {
            catalog = Add(catalog, $"m{i}");
        }

        Assert.Equal(ModelCatalogRules.ModelsMax, catalog.Models.Count);
        Assert.Equal(["first", "second", "shadow", "m3"], catalog.Models.Take(4).Select(model => model.Description.Name));
        Assert.Equal("first", ModelCatalogRules.Rollback(catalog).Catalog!.Champion);
    }

    [Fact]
    public void Rollback_PastModelsThatWereDropped_NeverNamesOne()
    {
        var catalog = Published([.. Enumerable.Range(0, 2 * ModelCatalogRules.ModelsMax).Select(i => $"m{i}")]);
        while (catalog.Champion is { } champion)
        {
            Assert.NotNull(catalog.Find(champion));
            catalog = ModelCatalogRules.Rollback(catalog).Catalog!;
        }
    }

    [Fact]
    public void Promote_NoSuchModel_IsRefused() => Assert.Equal("name", ModelCatalogRules.Promote(Published("a"), "b", false, 9).Fault!.Field);

    [Fact]
    public void Promote_ModelOfTheRelease_NeedsNoFile() => Assert.Equal(OfTheRelease, ModelCatalogRules.Promote(Published("a"), OfTheRelease, true, 9).Catalog!.Champion);

    [Fact]
    public void SetShadow_TheChampionOrNone_IsRefused()
    {
        Assert.Equal("name", ModelCatalogRules.SetShadow(Published("a"), "a", false, "a").Fault!.Field);
        Assert.Equal("name", ModelCatalogRules.SetShadow(Published("a"), "b", false, "a").Fault!.Field);
    }

    [Fact]
    public void Promote_TheShadow_EndsItsShadowing()
    {
        var shadowed = ModelCatalogRules.SetShadow(Add(Published("a"), "b"), "b", false, "a").Catalog!;

        var promoted = ModelCatalogRules.Promote(shadowed, "b", false, 9).Catalog!;

        Assert.Equal(("b", "b", null), (shadowed.Shadow, promoted.Champion, promoted.Shadow));
    }

    [Fact]
    public void Promote_MoreOftenThanIsRemembered_KeepsTheNewest()
    {
        var catalog = Add(Published("a"), "b");
        for (var i = 0; i < 2 * ModelCatalogRules.ChampionsMax; i++)
        {
            catalog = ModelCatalogRules.Promote(catalog, i % 2 == 0 ? "b" : "a", false, i).Catalog!;
        }

        Assert.Equal((ModelCatalogRules.ChampionsMax, "a"), (catalog.Champions.Count, catalog.Champion));
    }

    internal static ModelDescription Model(string name) => new(name, "passed", 268, 2, 1_000, 0.5f, 7);

    private static ModelCatalog Published(params string[] names) =>
        names.Aggregate(ModelCatalog.Empty, (catalog, name) => ModelCatalogRules.Promote(Add(catalog, name), name, false, 1).Catalog!);

    private static ModelCatalog Add(ModelCatalog catalog, string name) => ModelCatalogRules.Publish(catalog, Model(name), false, 1).Catalog!;
}
