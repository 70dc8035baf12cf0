using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.EndToEndTests.Storage;
using Xunit;

namespace CourseCompletion.EndToEndTests.Doctor;

/// <summary>The doctor command as an operator runs it: a process of its own, on a store that nobody serves.</summary>
[Collection(RedisCollection.Name)]
public sealed class DoctorTests(SharedRedisServer shared)
{
    [Fact]
    public async Task Verify_EmbeddedStore_SaysWhatIsDamagedAndChangesNothing()
    {
        using var directory = new SqliteDirectory();
        await directory.MakeStoreAsync(frames: 5);
        var witness = File.ReadAllText(directory.Witness);

        var (code, output) = await RunAsync("doctor", "--verify", "--data", directory.Path);
        Assert.Equal((0, true), (code, output.Contains("all is well", StringComparison.Ordinal)));

        directory.Execute("UPDATE log SET body=zeroblob(length(body)) WHERE commit_no=3");
        (code, output) = await RunAsync("doctor", "--verify", "--data", directory.Path);
        Assert.Equal(1, code);
        Assert.Contains("table log is damaged", output, StringComparison.Ordinal);
        Assert.Equal(witness, File.ReadAllText(directory.Witness));
    }

    [Fact]
    public async Task Verify_StoreIsServedOrMissing_SaysSo()
    {
        using var directory = new SqliteDirectory();
        var (code, output) = await RunAsync("doctor", "--verify", "--data", directory.Path);
        Assert.Equal((1, true), (code, output.Contains("There is no store", StringComparison.Ordinal)));

        await using var store = await directory.OpenAsync();
        (code, output) = await RunAsync("doctor", "--verify", "--data", directory.Path);
        Assert.Equal((1, true), (code, output.Contains("in use", StringComparison.Ordinal)));
    }

    [RedisFact]
    public async Task Verify_RedisStore_SaysWhatIsDamaged()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        await RedisStores.AppendAsync(store, RedisStores.Learner("ada"), 0, "frame", "default/c");
        string[] arguments = ["doctor", "--verify", "--redis", shared.Server.ConnectionString, "--service-id", stores.ServiceId];

        var (code, output) = await RunAsync(arguments);
        Assert.Equal((0, true), (code, output.Contains("all is well", StringComparison.Ordinal)));

        // As Orleans' storage keeps a grain's state.
        await (await stores.AdminAsync()).HashSetAsync($"{stores.ServiceId}/state/learner/default/ada/even", [new("etag", "1"), new("data", "not a snapshot")]);
        (code, output) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains("/state/learner/default/ada/even", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var doctor = ChildProcess.StartDotnet("CourseCompletion.Cli", arguments);
        var code = await doctor.ExitCodeAsync(TimeSpan.FromSeconds(60));
        return (code, doctor.Output + doctor.Errors);
    }
}
