using CourseCompletion.EndToEndTests.Redis;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A test of the storage contract. In classes marked <see cref="NeedsRedisAttribute"/> it is skipped where there is no redis-server.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("CourseCompletion.EndToEndTests.Storage.StoreFactDiscoverer", "CourseCompletion.EndToEndTests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>Marks the classes that run the storage contract against Redis.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRedisAttribute : Attribute;

/// <summary>Decides per class, since one inherited method runs against every store.</summary>
public sealed class StoreFactDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var skipReason = testMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsRedisAttribute)).Any() ? RedisRequirement.SkipReason : null;
        var display = discoveryOptions.MethodDisplayOrDefault();
        var displayOptions = discoveryOptions.MethodDisplayOptionsOrDefault();
        return [skipReason is null
            ? new XunitTestCase(diagnostics, display, displayOptions, testMethod)
            : new SkippedStoreTestCase(diagnostics, display, displayOptions, testMethod, skipReason)];
    }
}

/// <summary>A test case that says why it does not run here.</summary>
public sealed class SkippedStoreTestCase : XunitTestCase
{
    [Obsolete("Called by the test runner, which fills the case afterwards.", error: true)]
    public SkippedStoreTestCase()
    {
    }

    public SkippedStoreTestCase(
        IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod, string skipReason)
        : base(diagnostics, display, displayOptions, testMethod) => SkipReason = skipReason;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(SkipReason), SkipReason);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        base.Deserialize(data);

        // Last, because the base class asks the attribute, which gives no reason.
        SkipReason = data.GetValue<string>(nameof(SkipReason));
    }
}
