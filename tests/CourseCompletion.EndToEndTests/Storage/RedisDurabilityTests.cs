using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A Redis that can lose acknowledged events is refused at the start, and the message says why and what to do.</summary>
public sealed class RedisDurabilityTests
{
    [RedisTheory]
    [InlineData("appendonly", "no")]
    [InlineData("appendfsync", "everysec")]
    [InlineData("no-appendfsync-on-rewrite", "yes")]
    [InlineData("maxmemory-policy", "allkeys-lru")]
    public async Task Open_WeakSetting_IsRefusedByNameUnlessAllowed(string setting, string value)
    {
        await using var server = await RedisServer.StartAsync(["--" + setting, value]);
        await using var stores = new RedisStores(server);

        var refusal = await Assert.ThrowsAsync<WeakDurabilityException>(() => stores.OpenAsync());

        var weakness = Assert.Single(refusal.Weaknesses);
        Assert.Contains(setting, weakness, StringComparison.Ordinal);
        Assert.Contains($"is '{value}'", weakness, StringComparison.Ordinal);
        Assert.Contains("can be lost", weakness, StringComparison.Ordinal);
        Assert.Contains("Storage:AllowWeakDurability", refusal.Message, StringComparison.Ordinal);
        await stores.OpenAsync(stores.Options("a") with { AllowWeakDurability = true });
    }

    [RedisFact]
    public async Task Open_SettingsCannotBeRead_IsRefusedUnlessAllowed()
    {
        await using var server = await RedisServer.StartAsync(["--rename-command", "CONFIG", ""]);
        await using var stores = new RedisStores(server);

        var refusal = await Assert.ThrowsAsync<WeakDurabilityException>(() => stores.OpenAsync());

        Assert.Equal(4, refusal.Weaknesses.Count);
        Assert.All(refusal.Weaknesses, weakness => Assert.Contains("cannot be read", weakness, StringComparison.Ordinal));
        await stores.OpenAsync(stores.Options("a") with { AllowWeakDurability = true });
    }
}
