using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.UnitTests.Completion.Calibration;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Catalog;

public class TenantModelTests
{
    private static readonly StubPredictor _model = new();
    private static readonly CourseId _algebra = new("algebra");
    private static readonly CalibrationSnapshot _calibration = new(7, 0.5, -1, [KeyValuePair.Create(_algebra, 2.0)]);

    [Fact]
    public void For_NothingLearned_IsTheModelItself()
    {
        Assert.All(new[] { CalibrationSnapshot.None, new(9, 1, 0, []) }, nothing =>
        {
            var model = new TenantModel(_model, nothing);
            Assert.Same(_model, model.For(_algebra));
            Assert.Equal("stub", model.Version);
        });
    }

    [Fact]
    public void For_Labels_ReadsACourseByItsInterceptAndOthersByTheGlobalOne()
    {
        var model = new TenantModel(_model, _calibration);

        Assert.Equal(0.5, PortableLogit(model.For(_algebra).Score([-3])), 1e-4);
        Assert.Equal(-2.5, PortableLogit(model.For(new("other")).Score([-3])), 1e-4);
        Assert.Same(model.For(_algebra), model.For(_algebra));
        Assert.Same(model.For(new("other")), model.For(new("another")));
        Assert.All(new[] { model.Version, model.For(_algebra).ModelVersion, model.For(new("other")).ModelVersion }, version => Assert.Equal("stub+7", version));
    }

    [Fact]
    public void Of_TenantWithoutLabels_IsNotReadByAnothers()
    {
        var models = new TenantModels(_model, [KeyValuePair.Create(new TenantId("acme"), _calibration)]);

        Assert.Equal(("stub+7", "stub"), (models.Of(new("acme")).Version, models.Of(TenantId.Default).Version));
    }

    [Theory]
    [InlineData("default", "oulad-1")]
    [InlineData("a/b", "名 / 1%")]
    public void HealthKey_AnyNames_AreReadBack(string tenant, string model)
    {
        var key = ModelHealthKey.Parse(ModelHealthKey.For(new(tenant), model).Value);

        Assert.Equal((tenant, model), (key.Tenant.Value, key.Model));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("/oulad-1")]
    [InlineData("default/")]
    [InlineData("default/a/b")]
    [InlineData("default/a b")]
    public void HealthKey_OtherSpelling_IsRefused(string text) => Assert.Throws<FormatException>(() => ModelHealthKey.Parse(text));

    private static double PortableLogit(float p) => Math.Log(p / (1 - (double)p));
}
