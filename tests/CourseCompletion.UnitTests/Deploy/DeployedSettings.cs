using System.Globalization;
using CourseCompletion.Gateway;
using CourseCompletion.Host.Networking;
using CourseCompletion.Storage;
using Xunit;

namespace CourseCompletion.UnitTests.Deploy;

/// <summary>The settings of the server that files below <c>deploy</c> set.</summary>
internal static class DeployedSettings
{
    private const string Prefix = "COURSECOMPLETION_";

    private static readonly Dictionary<string, Type> _sections = new()
    {
        [GatewayOptions.SectionName] = typeof(GatewayOptions),
        [NetworkOptions.SectionName] = typeof(NetworkOptions),
        [StorageOptions.SectionName] = typeof(StorageOptions),
    };

    /// <summary>Fails unless a server ends by itself before it is killed.</summary>
    /// <param name="before">What passes before it is told to end.</param>
    /// <param name="closeTimeout">What <c>Gateway:CloseTimeout</c> is set to; empty when it is not.</param>
    /// <param name="grace">After what time it is killed.</param>
    public static void AssertTimeToEnd(TimeSpan before, string closeTimeout, TimeSpan grace)
    {
        var options = new GatewayOptions();
        var closing = closeTimeout.Length == 0 ? options.CloseTimeout : TimeSpan.Parse(closeTimeout, CultureInfo.InvariantCulture);
        Assert.InRange(before + options.DrainTimeout + closing, TimeSpan.Zero, grace - TimeSpan.FromSeconds(10));
    }

    /// <summary>Fails unless a variable of the environment is a setting that the server knows.</summary>
    public static void AssertKnown(string variable)
    {
        if (!variable.StartsWith(Prefix, StringComparison.Ordinal) || variable == Prefix + "Role")
        {
            return;
        }

        var parts = variable[Prefix.Length..].Split("__");
        Assert.True(parts.Length == 2 && _sections.ContainsKey(parts[0]), $"{variable} names no section of the server.");
        Assert.True(_sections[parts[0]].GetProperty(parts[1]) is not null, $"{variable} is no setting of the server.");
    }
}
