using System.Net;
using System.Net.Sockets;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A real silo on the embedded store: opened before it serves, stopped cleanly after it.</summary>
public sealed class SqliteHostingTests : IDisposable
{
    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Silo_StartAndStop_OpensTheStoreAndStopsItCleanly()
    {
        using (var host = Silo())
        {
            await host.StartAsync();
            var journal = host.Services.GetRequiredService<ILearnerJournal>();
            Assert.Equal(AppendOutcome.Applied, await journal.AppendAsync(new(Learner("ada"), 0, new byte[10], ["default/c-1"]), default));
            Assert.NotNull(host.Services.GetRequiredService<IPendingIndex>());
            Assert.NotNull(host.Services.GetRequiredService<IReminderTable>());
            Assert.NotNull(host.Services.GetRequiredKeyedService<IGrainStorage>(StorageNames.GrainStorageName));
            await host.StopAsync();

            await Assert.ThrowsAsync<StoreUnavailableException>(() => journal.AppendAsync(new(Learner("ada"), 1, new byte[10], []), default).AsTask());
        }

        var witness = new WitnessFile(_directory.Path).Read();
        Assert.Equal((1L, true), (witness!.Commit, witness.StoppedCleanly));
        Assert.False(File.Exists(_directory.Store + "-wal"), "The write-ahead log was not emptied into the file.");
    }

    [Fact]
    public async Task Silo_StoreRefused_DoesNotStartAndSaysWhy()
    {
        await _directory.MakeStoreAsync();
        File.Delete(_directory.Store);

        using var host = Silo();
        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => host.StartAsync());

        Assert.Equal(StoreRefusal.Deleted, refused.Reason);
    }

    [Fact]
    public async Task Silo_BadOption_DoesNotStartAndNamesTheKey()
    {
        using var host = Silo(("Storage:WindowBytesMax", "7"));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains("Storage:WindowBytesMax", failure.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private IHost Silo(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _directory.Path), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()).AddStorage(builder.Configuration));
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
