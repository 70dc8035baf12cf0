using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>An embedded store in a directory of its own.</summary>
public sealed class SqliteStoreUnderTest : StoreUnderTest
{
    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("coursecompletion-sqlite-store-").FullName;
    private StoreServices? _services;

    public override ILearnerJournal Journal => Services.Get<ILearnerJournal>();

    public override IPendingIndex Pending => Services.Get<IPendingIndex>();

    public override IRosterStore Rosters => Services.Get<IRosterStore>();

    public override IStoreIdentity Identity => Services.Get<IStoreIdentity>();

    public override IStoreVerifier Verifier => Services.Get<IStoreVerifier>();

    public override IGrainStorage GrainStorage => Services.GrainStorage;

    public override IReminderTable Reminders => Services.Reminders;

    private StoreServices Services => _services ?? throw new InvalidOperationException("The store is closed.");

    public override async Task OpenAsync() =>
        _services = await StoreServices.StartAsync("tests", Clock, Archive, silo =>
        {
            silo.Services.Configure<StorageOptions>(options => options.DataDirectory = _dataDirectory);
            SqliteHosting.AddSqliteStore(silo);
        });

    public override async Task CloseAsync()
    {
        if (_services is { } services)
        {
            _services = null;
            await services.DisposeAsync();
        }
    }

    public override Task SettleAsync() => Services.Get<SqliteStore>().RetireAsync(CancellationToken.None);

    protected override Task CleanUpAsync()
    {
        Directory.Delete(_dataDirectory, recursive: true);
        return Task.CompletedTask;
    }
}
