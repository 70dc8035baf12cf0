using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A data directory serves one process.</summary>
public sealed class SqliteLockTests : IDisposable
{
    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Open_WhileOpen_SaysWhichDirectoryAndWhatToDo()
    {
        await using var first = await _directory.OpenAsync();

        var refused = await _directory.RefusedAsync(StoreRefusal.InUse);

        Assert.Contains("Storage:DataDirectory", refused.Message, StringComparison.Ordinal);
        await AppendAsync(first, Learner("ada"), 1, 2);
    }

    [Fact]
    public async Task Open_AfterStop_Succeeds()
    {
        var first = await _directory.OpenAsync();
        await first.StopAsync();

        await using var second = await _directory.OpenAsync();

        Assert.Equal(first.StoreId, second.StoreId);
    }

    [Fact]
    public async Task Open_AfterARefusedOpen_Succeeds()
    {
        await _directory.MakeStoreAsync();
        var moved = _directory.Store + ".moved";
        File.Move(_directory.Store, moved);
        await _directory.RefusedAsync(StoreRefusal.Deleted);
        File.Move(moved, _directory.Store);

        await using var store = await _directory.OpenAsync();

        Assert.Equal(Frames(1, 3), await FramesAsync(store, Learner("ada")));
    }

    [Fact]
    public async Task Open_DirectoryCannotBeMade_SaysWhich()
    {
        var file = Path.Combine(_directory.Path, "file");
        File.WriteAllText(file, "");

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _directory.OpenAsync(options => options.DataDirectory = Path.Combine(file, "data")));

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AfterStop_IsUnavailable()
    {
        var store = await _directory.OpenAsync();
        await store.StopAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(store, Learner("ada"), 1, 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => FramesAsync(store, Learner("ada")));
    }

    public void Dispose() => _directory.Dispose();
}
